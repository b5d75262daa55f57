// Package conformance runs the Gateway API's own tests against Thalassa LB.
package conformance

import (
	"bytes"
	"fmt"
	"io/fs"

	"sigs.k8s.io/yaml"
)

var separator = []byte("\n---\n")

// object is what tells a Gateway that somebody without HTTP can serve.
type object struct {
	Kind string `json:"kind"`
	Spec struct {
		Listeners []struct {
			Protocol string `json:"protocol"`
		} `json:"listeners"`
	} `json:"spec"`
}

// withoutHTTP is a file of manifests without those Gateways that have no listener of TCP or UDP: the suite waits until every
// Gateway of its namespaces is served, before each of its tests.
func withoutHTTP(files fs.FS, name string) ([]byte, error) {
	manifests, err := fs.ReadFile(files, name)
	if err != nil {
		return nil, err
	}
	var kept [][]byte
	for _, manifest := range bytes.Split(manifests, separator) {
		var it object
		if err := yaml.Unmarshal(manifest, &it); err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		if it.Kind != "Gateway" || it.isOfLayer4() {
			kept = append(kept, manifest)
		}
	}
	return bytes.Join(kept, separator), nil
}

func (it object) isOfLayer4() bool {
	for _, listener := range it.Spec.Listeners {
		if listener.Protocol == "TCP" || listener.Protocol == "UDP" {
			return true
		}
	}
	return false
}
