using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Workflow.Engine.Effects;
using Workflow.Engine.Instances;
using Workflow.Engine.Storage;

namespace Workflow.Server.Notices;

/// <summary>Where people are reached. Addresses leave this folder for the gateway alone; elsewhere most of one is hidden.</summary>
internal sealed partial class NoticeContacts(IDbContextFactory<WorkflowDb> databases)
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

    /// <summary>A text of somebody else's, with whatever looks like an address or a telephone number masked in it.</summary>
    /// <param name="address">One that may stand in it whatever it looks like.</param>
    public static string MaskIn(string text, string? address = null)
    {
        if (address is { Length: > 0 }) text = text.Replace(address, Mask(address), StringComparison.OrdinalIgnoreCase);
        return Number().Replace(Mailbox().Replace(text, found => Mask(found.Value)), found => Mask(found.Value));
    }

    [GeneratedRegex(@"[^\s<>()\[\],;:""'@]{1,64}@[^\s<>()\[\],;:""'@]{1,255}")]
    private static partial Regex Mailbox();

    /// <summary>Seven digits or more, with what people write between them; what is masked already has no such row left.</summary>
    [GeneratedRegex(@"[+＋]?\d(?:[\s().\-‐-―－]{0,2}\d){6,}")]
    private static partial Regex Number();
}
