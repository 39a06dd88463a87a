using System.Linq.Expressions;
using Workflow.Engine.Instances;
using Workflow.Engine.Storage;
using Workflow.Server.Access;

namespace Workflow.Server.Features;

/// <summary>
/// 保密: a task may be hidden from the area that it is about until a time, as an inspection is. Until then nobody whose team covers that area, a part of it or
/// more than it, learns that there is such a task; teams of inspection may. This is the one rule; every query over tasks and work items asks it.
/// </summary>
internal static class Hiding
{
    /// <summary>The rows that are not hidden from the caller.</summary>
    public static IQueryable<T> Shown<T>(IQueryable<T> rows, Caller caller)
        where T : class, IListed
    {
        if (caller.InspectedScopes.Count == 0) return rows;
        var hidden = IsHidden<T>(caller);
        return rows.Where(Expression.Lambda<Func<T, bool>>(Expression.Not(hidden.Body), hidden.Parameters));
    }

    /// <summary>The tasks that are hidden from the caller, for lists over rows that do not say so themselves.</summary>
    public static IQueryable<TaskRow> Hidden(WorkflowDb db, Caller caller) =>
        caller.InspectedScopes.Count == 0 ? db.Tasks.Where(_ => false) : db.Tasks.Where(IsHidden<TaskRow>(caller));

    /// <summary>Whether what is hidden from this area would be hidden from the caller.</summary>
    public static bool Concerns(Place place, Caller caller) => caller.InspectedScopes.Any(place.Meets);

    private static Expression<Func<T, bool>> IsHidden<T>(Caller caller)
        where T : class, IListed
    {
        var (scopes, now) = (caller.InspectedScopes, caller.At);
        return row => row.HiddenUntil != null && row.HiddenUntil > now && scopes.Any(scope => row.AreaPath.StartsWith(scope) || scope.StartsWith(row.AreaPath));
    }
}
