using Microsoft.EntityFrameworkCore;
using Workflow.Engine.Effects;
using Workflow.Engine.Instances;
using Workflow.Engine.Storage;

namespace Workflow.Engine.Running;

/// <summary>Puts a notice into the list of those whom it tells. A repetition finds it there.</summary>
internal sealed class NoticeHandler(IDbContextFactory<WorkflowDb> databases, TimeProvider time) : IEffectHandler<RungNotice>
{
    public async Task<object?> HandleAsync(RungNotice effect, EffectId id, CancellationToken cancel)
    {
        await using var db = databases.CreateDbContext();
        if (await db.Notices.AnyAsync(row => row.InstanceId == id.Instance && row.Effect == id.Number, cancel)) return null;
        foreach (var (index, to) in effect.To.Index())
            db.Notices.Add(new()
            {
                InstanceId = id.Instance, Effect = id.Number, Number = index, UserId = to.UserId, TeamId = to.TeamId, Role = to.Role,
                WorkItem = effect.WorkItem, TaskNumber = effect.Number, Subject = effect.Subject, Rung = effect.Rung, Stage = effect.Stage, Due = effect.Due, At = effect.At,
            });
        db.Changes.Add(new() { Key = ChangeKeys.Notices, At = time.GetUtcNow() });
        await db.SaveChangesAsync(cancel);
        return null;
    }
}
