-- The health of TCPRoutes and UDPRoutes, of which Argo CD knows nothing of itself: as bad as the worst of its parents says.
local parents = obj.status and obj.status.parents or {}
local generation = obj.metadata.generation
local health = { status = "Progressing", message = "No Gateway has taken the route yet" }
for _, parent in ipairs(parents) do
  for _, condition in ipairs(parent.conditions or {}) do
    local behind = condition.observedGeneration ~= nil and generation ~= nil and condition.observedGeneration < generation
    if behind or condition.status == "Unknown" or condition.reason == "Pending" then
      return { status = "Progressing", message = condition.message }
    end
  end
end
for _, parent in ipairs(parents) do
  for _, condition in ipairs(parent.conditions or {}) do
    if condition.type == "Accepted" or condition.type == "ResolvedRefs" then
      if condition.status == "False" then
        return { status = "Degraded", message = condition.message }
      end
      health = { status = "Healthy", message = condition.message }
    end
  end
end
return health
