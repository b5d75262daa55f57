{{- /* The helpers below change the object that they are given, and print nothing unless it is said. */ -}}

{{- /* Prints the labels of whatever comes from the chart. */ -}}
{{- define "thalassa-lb.labels" -}}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version | replace "+" "_" }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
app.kubernetes.io/version: {{ .Chart.AppVersion | replace "+" "_" | quote }}
{{- end }}

{{- /* Prints something if the object belongs to the release. */ -}}
{{- define "thalassa-lb.wanted" -}}
{{- if eq .object.kind "Namespace" }}{{ if .root.Values.namespace.create }}yes{{ end }}
{{- else if eq .object.kind "PriorityClass" }}{{ if .root.Values.priorityClass.create }}yes{{ end }}
{{- else }}yes{{ end }}
{{- end }}

{{- define "thalassa-lb.priority" -}}
{{- $_ := set .class.metadata "name" .root.Values.priorityClass.name }}
{{- $_ = set .class "value" (int64 .root.Values.priorityClass.value) }}
{{- $_ = set .class "preemptionPolicy" .root.Values.priorityClass.preemptionPolicy }}
{{- end }}

{{- /* Prints the image of a component. */ -}}
{{- define "thalassa-lb.image" -}}
{{- .root.Values.image.registry }}/{{ .image.name }}
{{- if .image.digest }}@{{ .image.digest }}{{ else }}:{{ .root.Values.image.tag | default .root.Chart.AppVersion }}{{ end }}
{{- end }}

{{- define "thalassa-lb.workload" -}}
{{- $values := index .root.Values .deployment.metadata.name }}
{{- $_ := set .deployment.spec "replicas" $values.replicas }}
{{- $env := deepCopy $values.env }}
{{- if eq .deployment.metadata.name "operator" }}
{{- $env = merge $env (include "thalassa-lb.dataplane" .root | fromYaml) }}
{{- end }}
{{- include "thalassa-lb.pod" (dict "pod" .deployment.spec.template.spec "values" $values "env" $env "root" .root) }}
{{- end }}

{{- /* It runs before the release has a PriorityClass. */ -}}
{{- define "thalassa-lb.migration" -}}
{{- $values := .root.Values.api }}
{{- $pod := .job.spec.template.spec }}
{{- include "thalassa-lb.pod" (dict "pod" $pod "values" $values "env" (deepCopy $values.env) "root" .root) }}
{{- $_ := unset $pod "priorityClassName" }}
{{- end }}

{{- define "thalassa-lb.pod" -}}
{{- $image := .root.Values.image }}
{{- include "thalassa-lb.placement" (dict "pod" .pod "values" .values "pullSecrets" $image.pullSecrets "root" .root) }}
{{- $container := first .pod.containers }}
{{- $_ := set $container "image" (include "thalassa-lb.image" (dict "image" .values.image "root" .root)) }}
{{- with $image.pullPolicy }}{{ $_ = set $container "imagePullPolicy" . }}{{ end }}
{{- $_ = set $container "resources" .values.resources }}
{{- include "thalassa-lb.env" (dict "container" $container "env" .env) }}
{{- end }}

{{- define "thalassa-lb.placement" -}}
{{- $_ := set .pod "priorityClassName" .root.Values.priorityClass.name }}
{{- with .values.nodeSelector }}{{ $_ = set $.pod "nodeSelector" . }}{{ end }}
{{- with .values.tolerations }}{{ $_ = set $.pod "tolerations" . }}{{ end }}
{{- $secrets := list }}
{{- range .pullSecrets }}{{ $secrets = append $secrets (dict "name" .) }}{{ end }}
{{- with $secrets }}{{ $_ = set $.pod "imagePullSecrets" . }}{{ end }}
{{- end }}

{{- /* Sets environment variables, those that are there already too. */ -}}
{{- define "thalassa-lb.env" -}}
{{- $new := .env }}
{{- range .container.env }}
{{- if hasKey $new .name }}
{{- $_ := set . "value" (get $new .name | toString) }}
{{- $_ = unset . "valueFrom" }}
{{- $_ = unset $new .name }}
{{- end }}
{{- end }}
{{- range $name, $value := $new }}
{{- $_ := set $.container "env" (append $.container.env (dict "name" $name "value" (toString $value))) }}
{{- end }}
{{- end }}

{{- /* Prints what the operator is told about dataplane pods. */ -}}
{{- define "thalassa-lb.dataplane" -}}
{{- $values := .Values.dataplane }}
{{- $pod := dict }}
{{- include "thalassa-lb.placement" (dict "pod" $pod "values" $values "pullSecrets" $values.pullSecrets "root" .) }}
{{- $container := dict "name" "dataplane" "env" (list) }}
{{- with $values.resources }}{{ $_ := set $container "resources" . }}{{ end }}
{{- include "thalassa-lb.env" (dict "container" $container "env" (deepCopy $values.env)) }}
{{- if not $container.env }}{{ $_ := unset $container "env" }}{{ end }}
{{- if gt (len $container) 1 }}{{ $_ := set $pod "containers" (list $container) }}{{ end -}}
THALASSA_DATAPLANE_IMAGE: {{ include "thalassa-lb.image" (dict "image" $values.image "root" .) | quote }}
THALASSA_DATAPLANE_DRAIN_DEADLINE: {{ int64 $values.drainDeadlineSeconds }}S
THALASSA_DATAPLANE_POD: {{ toJson $pod | quote }}
{{- with .Values.image.pullPolicy }}
THALASSA_DATAPLANE_IMAGE_PULL_POLICY: {{ . }}
{{- end }}
{{- end }}
