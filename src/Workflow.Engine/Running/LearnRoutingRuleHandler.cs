using Workflow.Engine.Effects;
using Workflow.Engine.Instances;
using Workflow.Engine.Storage;
using Workflow.Engine.WorkItems;

namespace Workflow.Engine.Running;

/// <summary>Makes a ruling part of the organisation. A repetition finds it there.</summary>
internal sealed class LearnRoutingRuleHandler(OrganisationStore organisation) : IEffectHandler<LearnRoutingRule>
{
    public async Task<object?> HandleAsync(LearnRoutingRule effect, EffectId id, CancellationToken cancel)
    {
        await organisation.LearnAsync(effect.Key, effect.Rule, cancel);
        return null;
    }
}
