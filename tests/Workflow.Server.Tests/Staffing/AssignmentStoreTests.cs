using System.Collections.Immutable;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Workflow.Engine.Instances;
using Workflow.Engine.Running;
using Workflow.Engine.Staffing;
using Workflow.Engine.Storage;
using Workflow.Engine.WorkItems;
using Workflow.Server.Tests.Running;

namespace Workflow.Server.Tests.Staffing;

/// <summary>Choices among people rest on what is stored, on every database.</summary>
[Collection(Stores.Collection)]
public sealed class AssignmentStoreTests(Stores stores)
{
    private const int Tasks = 24;

    private static readonly Place Here = new("510107064", "桂溪街道", "5101/gaoxin/510107064/", "高新区");

    private static readonly string[] People = ["a", "b", "c", "d"];

    [Theory]
    [MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task Items_are_shared_out_evenly_also_within_one_batch_and_after_a_restart(string store)
    {
        var database = await stores.NewAsync(store);
        await using var engine = await EngineHost.StartAsync(database, Definition("least", "leastLoaded"), Definition("turn", "roundRobin"));
        await new OrganisationStore(database).ReplaceAsync(Organisation, default);

        foreach (var half in new[] { 0, 1 })
        {
            foreach (var definition in new[] { "least", "turn" })
                (await Task.WhenAll(Enumerable.Range(0, Tasks / 2).Select(number => Task.Run(() => RaiseAsync(engine, definition, $"{definition}-{half}-{number}"))))).ShouldAllBe(result => result.Refusal == null);
            if (half == 0) await engine.RestartAsync();
        }

        await using var db = engine.Open();
        var items = await db.WorkItems.AsNoTracking().Where(item => item.Status == WorkItemStatus.Offered).ToListAsync();
        items.Count.ShouldBe(2 * Tasks);
        items.ShouldAllBe(item => item.AssigneeId == item.HolderId);
        items.Select(item => item.Turn).Distinct().Count().ShouldBe(2 * Tasks, "every choice is a turn of its own");
        // d is away, so that three share.
        items.GroupBy(item => item.HolderId!).ToDictionary(person => person.Key, person => person.Count()).ShouldBe(new Dictionary<string, int> { ["a"] = 16, ["b"] = 16, ["c"] = 16 }, ignoreOrder: true);
    }

    [Theory]
    [MemberData(nameof(Stores.All), MemberType = typeof(Stores))]
    public async Task The_organisation_is_read_as_it_was_written_and_changes_row_by_row(string store)
    {
        var database = await stores.NewAsync(store);
        await using var engine = await EngineHost.StartAsync(database);
        var organisation = new OrganisationStore(database);
        await organisation.ReplaceAsync(Organisation, default);

        var counts = await ChangeAsync(Organisation with { Members = [.. Organisation.Members.Where(member => member.UserId != "a"), new() { UserId = "e", Name = "E" }] });
        (counts[typeof(MemberRow)], counts[typeof(TeamRow)]).ShouldBe((new(1, 0, 1, 3), new(0, 0, 0, 1)));
        (await ChangeAsync(Organisation)).Values.Sum(part => part.Added + part.Removed).ShouldBe(2);

        await using var db = engine.Open();
        var staff = (await new OrganisationLibrary().LoadAsync(db, null, default)).StaffOf("grid");
        staff.People.Select(person => person.Member.Person.UserId).ShouldBe(People);
        staff.People[0].ShouldSatisfyAllConditions(
            person => person.Roles.ShouldBe([TeamRole.Leader, TeamRole.Member], ignoreOrder: true),
            person => person.Member.Certificates.ShouldBe([new("enforcement", "川A-1", new(2026, 1, 1), null)]));
        staff.Roster.At(engine.Time.Now).Select(duty => (duty.UserId, duty.IsLeader)).ShouldBe([("a", true), ("b", false), ("c", false), ("d", false)]);

        async Task<IReadOnlyDictionary<Type, RowCounts>> ChangeAsync(Organisation after)
        {
            await using var changing = database.CreateDbContext();
            await using var transaction = await changing.Database.BeginTransactionAsync();
            var result = await organisation.ChangeAsync(changing, await OrganisationStore.ReadAsync(changing, default), after, default);
            await changing.SaveChangesAsync();
            await transaction.CommitAsync();
            return result;
        }
    }

    private static Organisation Organisation { get; } = new(
        [new() { Code = "5101", Name = "成都市", Kind = AreaKind.City, Path = "5101/", JurisdictionName = "成都市", DistrictName = "成都市" }],
        [new() { Id = "grid", Name = "网格", Kind = TeamKind.CommunityGrid }], [new() { TeamId = "grid", AreaCode = "5101" }],
        [.. People.Select(id => new MemberRow { UserId = id, Name = id })],
        [.. People.Select(id => new TeamMemberRow { TeamId = "grid", UserId = id, Roles = TeamRoles.Write(id == "a" ? [TeamRole.Leader] : []) })])
    {
        Shifts = [new() { Id = "all", Name = "全天", From = new(8, 30), To = new(8, 30), Calendar = "24x7" }],
        Duties = [.. People.Select(id => new DutyRow { TeamId = "grid", Shift = "all", UserId = id, From = new(2026, 1, 1), Until = null, Days = DutyDays.Every, IsLeader = id == "a" })],
        Certificates = [new() { UserId = "a", Kind = "enforcement", Number = "川A-1", From = new(2026, 1, 1), Until = null }],
        Absences = [new() { UserId = "d", From = DateTimeOffset.UnixEpoch, Until = DateTimeOffset.UnixEpoch.AddYears(100), SubstituteId = null }],
    };

    private static string Definition(string id, string assign) => $$"""
        { 'definitionId': '{{id}}',
          'root': { 'id': 'loop', 'type': 'Workflow.ClosedLoop',
            'initiation': { 'id': 'initiation', 'type': 'Workflow.Stage', 'body': { 'id': 'b1', 'type': 'Elsa.Flowchart', 'activities': [] } },
            'response': { 'id': 'response', 'type': 'Workflow.Stage', 'body': { 'id': 'verify', 'type': 'Workflow.CommunityGrid', 'title': '核实', 'customProperties': { 'noDeadline': 'nobody waits here' }, 'assign': '{{assign}}' } },
            'analysis': { 'id': 'analysis', 'type': 'Workflow.Stage', 'body': { 'id': 'b3', 'type': 'Elsa.Flowchart', 'activities': [] } },
            'handling': { 'id': 'handling', 'type': 'Workflow.Stage', 'body': { 'id': 'b4', 'type': 'Elsa.Flowchart', 'activities': [] } },
            'postEvaluation': { 'id': 'post', 'type': 'Workflow.Stage', 'body': { 'id': 'b5', 'type': 'Elsa.Flowchart', 'activities': [] } } } }
        """;

    private static async Task<CommandResult> RaiseAsync(EngineHost engine, string definition, string subject)
    {
        var id = new InstanceId(Guid.CreateVersion7(engine.Time.Now));
        return await engine.SubmitAsync(
            id, new Stimulus.Started(id, ImmutableDictionary<string, JsonElement>.Empty, new("", subject, Here, Priority.Normal)) { At = engine.Time.Now }, new(definition, 1));
    }
}
