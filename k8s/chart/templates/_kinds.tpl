{{- /*
Helm installs the kinds of crds/ and never changes them. New programs on old kinds would lose fields without a word, so
the release is refused until the kinds are the chart's. Without a cluster to ask (helm template) nothing is known.
*/ -}}
{{- define "thalassa-lb.kinds" -}}
{{- if and .Values.kinds.check (lookup "v1" "Namespace" "" "kube-system") }}
{{- range $path, $_ := .Files.Glob "crds/*.yaml" }}
{{- $ours := $.Files.Get $path | fromYaml }}
{{- $there := lookup "apiextensions.k8s.io/v1" "CustomResourceDefinition" "" $ours.metadata.name }}
{{- if $there }}
{{- if ne (include "thalassa-lb.schemas" $ours) (include "thalassa-lb.schemas" $there) }}
{{- include "thalassa-lb.refuse-kinds" (printf "the cluster has another version of %s than this chart" $ours.metadata.name) }}
{{- end }}
{{- else if $.Release.IsUpgrade }}
{{- include "thalassa-lb.refuse-kinds" (printf "the cluster lacks %s" $ours.metadata.name) }}
{{- end }}
{{- end }}
{{- end }}
{{- end }}

{{- define "thalassa-lb.schemas" -}}
{{- range .spec.versions }}{{ .name }} {{ toJson .schema.openAPIV3Schema }}{{ end }}
{{- end }}

{{- define "thalassa-lb.refuse-kinds" -}}
{{- fail (printf "%s, and Helm changes no kinds. Apply them first: helm show crds CHART | kubectl apply --server-side --force-conflicts -f -" .) }}
{{- end }}
