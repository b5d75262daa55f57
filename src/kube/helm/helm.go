//go:build tools

// Package helm names the program that bin/helm builds, of the version that go.mod says.
package helm

import _ "helm.sh/helm/v3/cmd/helm"
