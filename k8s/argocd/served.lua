-- Degraded: somebody must change an object. Progressing: it only takes time.
local transient = { Pending = true, NoReplicas = true, AddressNotAssigned = true }

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
  if condition.type == "Ready" then
    hs.message = condition.message
    if condition.status == "True" then
      hs.status = "Healthy"
    elseif condition.status == "False" and not transient[condition.reason] then
      hs.status = "Degraded"
    end
  end
end
return hs
