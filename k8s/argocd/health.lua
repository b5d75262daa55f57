-- The health of every kind of ours, by its conditions: each of them is well when it is True.
-- Degraded: somebody must change an object. Progressing: it only takes time.
local takesTime = { Pending = true, NoReplicas = true, AddressNotAssigned = true }
-- A target group that nobody uses, or whose pods are yet to come, is as healthy as it can be; a rule that never decides
-- harms nobody.
local idle = { NotReferenced = true, NoTargets = true, Shadowed = true }

local function judge(condition)
  if condition.status == "True" or idle[condition.reason] then
    return "Healthy"
  end
  return condition.status == "False" and not takesTime[condition.reason] and "Degraded" or "Progressing"
end

local status = obj.status
if obj.metadata.deletionTimestamp ~= nil then
  return { status = "Progressing", message = "It is being deleted" }
end
if status == nil or status.conditions == nil or #status.conditions == 0 then
  return { status = "Progressing", message = "Waiting for the operator" }
end
if status.observedGeneration ~= obj.metadata.generation then
  return { status = "Progressing", message = "The operator has not seen the last change yet" }
end
-- The first condition that is worse than those before it says why; the last one sums up. Stalled is for Flux: it repeats
-- what Accepted says.
local worse = { Healthy = 0, Progressing = 1, Degraded = 2 }
local health = { status = "Healthy" }
for _, condition in ipairs(status.conditions) do
  if condition.type ~= "Stalled" then
    local verdict = judge(condition)
    if worse[verdict] > worse[health.status] or (verdict == "Healthy" and health.status == "Healthy") then
      health = { status = verdict, message = condition.message }
    end
  end
end
return health
