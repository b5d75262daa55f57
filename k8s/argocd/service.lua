-- The health of Services: of those that Thalassa LB serves by their conditions, of all others as Argo CD has it of itself.
local takesTime = { Pending = true, NoReplicas = true, AddressNotAssigned = true }
local spec, status = obj.spec or {}, obj.status or {}
local annotations = obj.metadata.annotations or {}

if spec.type ~= "LoadBalancer" then
  return { status = "Healthy" }
end
local ours = spec.loadBalancerClass == "lb.thalassa.cloud/loadbalancer" or annotations["lb.thalassa.cloud/held"] ~= nil
if not ours then
  local served = status.loadBalancer and status.loadBalancer.ingress and #status.loadBalancer.ingress > 0
  return { status = served and "Healthy" or "Progressing" }
end
local health = { status = "Progressing", message = "Waiting for the operator" }
for _, condition in ipairs(status.conditions or {}) do
  local decides = condition.type == "Accepted" or condition.type == "Programmed"
  if decides and condition.status == "False" and not takesTime[condition.reason] then
    return { status = "Degraded", message = condition.message }
  elseif condition.type == "Ready" then
    health = { status = condition.status == "True" and "Healthy" or "Progressing", message = condition.message }
  end
end
return health
