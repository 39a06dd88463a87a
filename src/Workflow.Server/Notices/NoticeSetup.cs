using System.Collections.Frozen;
using System.Collections.Immutable;
using Workflow.Engine.Clocks;
using Workflow.Engine.Definitions;
using Workflow.Engine.Effects;
using Workflow.Engine.Instances;
using Workflow.Engine.WorkItems;
using Workflow.Server.Hosting;

namespace Workflow.Server.Notices;

/// <summary>Puts together who is told how.</summary>
internal static class NoticeSetup
{
    public static void AddNotices(this IServiceCollection services, NoticeOptions options)
    {
        if (options.Problems().ToList() is { Count: > 0 } problems) throw new UnusableSettingException(string.Join('\n', problems));
        services.AddSingleton(options);
        services.AddSingleton<NoticeContacts>();
        services.AddEffectHandler<NotifyByGateway, GatewayHandler>();
        services.AddEffectHandler<NotifyByMail, MailHandler>();
    }

    /// <summary>The ladders of a <c>definitions</c> folder (<c>organisation/ladders.json</c>; none without it) and the channels of the settings.</summary>
    public static LadderBook ReadLadders(string definitions, IEnumerable<BusinessCalendar> calendars, NoticeOptions options)
    {
        var path = Path.Combine(Path.GetDirectoryName(DefinitionFiles.Folder(definitions, "workflows"))!, "organisation", "ladders.json");
        var plans = ImmutableDictionary<Priority, LadderPlan>.Empty;
        if (File.Exists(path))
        {
            var problems = new ProblemList();
            var json = DefinitionFiles.ReadJson(path);
            plans = LadderDeclaration.Read(json.Member("ladders") ?? json, "/ladders", calendars.Select(calendar => calendar.Id).ToHashSet(), problems);
            if (problems.All.Count > 0) throw new UnusableFileException(string.Join('\n', problems.All.Select(problem => $"{path}: {problem}")));
        }
        return new(plans, options.Channels.ToFrozenSet(StringComparer.Ordinal));
    }
}
