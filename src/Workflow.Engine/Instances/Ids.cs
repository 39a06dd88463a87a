using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Serialization;

namespace Workflow.Engine.Instances;

/// <summary>Written as 32 hexadecimal digits.</summary>
public readonly record struct InstanceId(Guid Value) : IComparable<InstanceId>
{
    public static bool operator <(InstanceId left, InstanceId right) => left.CompareTo(right) < 0;

    public static bool operator >(InstanceId left, InstanceId right) => left.CompareTo(right) > 0;

    public static bool operator <=(InstanceId left, InstanceId right) => left.CompareTo(right) <= 0;

    public static bool operator >=(InstanceId left, InstanceId right) => left.CompareTo(right) >= 0;

    /// <summary>The id that follows from a text: the same for the same, so that what is started twice under it is there once.</summary>
    public static InstanceId From(string text)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(text));
        return new(new Guid(hash.AsSpan(0, 16), bigEndian: true));
    }

    public int CompareTo(InstanceId other) => Value.CompareTo(other.Value);

    public override string ToString() => Value.ToString("N");

    public static bool TryParse([NotNullWhen(true)] string? text, out InstanceId id)
    {
        var parsed = Guid.TryParseExact(text, "N", out var value);
        id = new(value);
        return parsed;
    }
}

/// <summary>An instance's id and the number of the item in it, written <c>{instance}-{number}</c>.</summary>
public readonly record struct WorkItemId(InstanceId Instance, int Number)
{
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Instance}-{Number}");

    public static bool TryParse([NotNullWhen(true)] string? text, out WorkItemId id)
    {
        id = default;
        var dash = text?.IndexOf('-', StringComparison.Ordinal) ?? -1;
        if (dash < 0 || !InstanceId.TryParse(text![..dash], out var instance)) return false;
        if (!int.TryParse(text[(dash + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var number)) return false;
        id = new(instance, number);
        return true;
    }
}

/// <summary>Who acts: the person and the teams they belonged to at that moment.</summary>
public sealed record Actor(string UserId, string Name, IReadOnlyList<string> Teams)
{
    /// <summary>What they are beside a member of teams, see <see cref="WorkItems.Relation"/>; null for none.</summary>
    public IReadOnlyList<string>? Roles { get; init; }

    /// <summary>Those who are away and whose substitute they are; null for nobody.</summary>
    public IReadOnlyList<Person>? StandsInFor { get; init; }

    /// <summary>Kinds of the certificates that they hold; null for none.</summary>
    public IReadOnlyList<string>? Certificates { get; init; }

    /// <summary>The network address that the command came from; null when it came from within.</summary>
    public string? Address { get; init; }

    [JsonIgnore]
    public Person Person => new(UserId, Name);

    /// <summary>Whether they are this person, or the substitute of this person.</summary>
    public bool ActsAs(Person? person) => person is not null && (person.UserId == UserId || StandsInFor?.Any(absent => absent.UserId == person.UserId) == true);
}

/// <summary>A person as facts name one: the account's id and the name shown then.</summary>
public sealed record Person(string UserId, string Name)
{
    /// <summary>The person of a row, which keeps them in two columns; null where it names none.</summary>
    public static Person? Of(string? userId, string? name) => userId is null ? null : new(userId, name ?? userId);
}
