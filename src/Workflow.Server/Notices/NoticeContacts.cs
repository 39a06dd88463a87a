using Microsoft.EntityFrameworkCore;
using Workflow.Engine.Effects;
using Workflow.Engine.Instances;
using Workflow.Engine.Storage;

namespace Workflow.Server.Notices;

/// <summary>Where people are reached. Addresses leave this folder for the gateway alone; elsewhere most of one is hidden.</summary>
internal sealed class NoticeContacts(IDbContextFactory<WorkflowDb> databases)
{
    public async Task<string> FindAsync(Person person, string channel, CancellationToken cancel)
    {
        await using var db = databases.CreateDbContext();
        return await db.Contacts.AsNoTracking().Where(contact => contact.UserId == person.UserId && contact.Channel == channel).Select(contact => contact.Address).SingleOrDefaultAsync(cancel)
            ?? throw new EffectRefusedException($"{person.Name}: expected a contact '{channel}', found none");
    }

    public static string Mask(string address)
    {
        var at = address.LastIndexOf('@');
        if (at > 0) return $"{address[0]}***{address[at..]}";
        return address.Length < 8 ? "***" : $"{address[..3]}****{address[^2..]}";
    }
}
