-- A group that nobody uses, or whose pods are yet to come, is as healthy as it can be.
local idle = { NotReferenced = true, NoTargets = true }
local transient = { HealthUnknown = true }

local hs = { status = "Progressing", message = "Waiting for the operator" }
local status = obj.status
if status == nil or status.conditions == nil then
  return hs
end
if status.observedGeneration ~= obj.metadata.generation then
  hs.message = "The operator has not seen the last change yet"
  return hs
end
for _, condition in ipairs(status.conditions) do
  if condition.type == "Accepted" or condition.type == "ResolvedRefs" then
    if condition.status == "False" then
      return { status = "Degraded", message = condition.message }
    end
  elseif condition.type == "TargetsHealthy" then
    hs.message = condition.message
    if condition.status == "True" or idle[condition.reason] then
      hs.status = "Healthy"
    elseif not transient[condition.reason] then
      hs.status = "Degraded"
    end
  end
end
return hs
