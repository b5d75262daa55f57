package conformance

import (
	"io/fs"
	"testing"
	"testing/fstest"

	official "sigs.k8s.io/gateway-api/conformance"
)

// TestGatewayAPI is the suite as it is, with the options of its command line, and with its base but for what is HTTP.
func TestGatewayAPI(t *testing.T) {
	options := official.DefaultOptions(t)
	base, err := withoutHTTP(&official.Manifests, "base/manifests.yaml")
	if err != nil {
		t.Fatal(err)
	}
	options.BaseManifests = "without-http.yaml"
	options.ManifestFS = []fs.FS{fstest.MapFS{options.BaseManifests: {Data: base}}, &official.Manifests}
	official.RunConformanceWithOptions(t, options)
}
