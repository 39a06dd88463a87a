using System.Text;
using Workflow.Engine.WorkItems;

namespace Workflow.Server.EvidenceFiles;

/// <summary>The type of a file by its first bytes; what the client says about it is not believed.</summary>
internal sealed record FileType(EvidenceKind Kind, string ContentType)
{
    public const string Jpeg = "image/jpeg";

    /// <summary>Where the kind of an ISO media file stands, and the brand behind it.</summary>
    private const int BoxType = 4;
    private const int Brand = 8;

    private static readonly (int Offset, byte[] Magic, EvidenceKind Kind, string ContentType)[] Signatures =
    [
        (0, [0xFF, 0xD8, 0xFF], EvidenceKind.Photo, Jpeg),
        (0, [0x89, .. "PNG\r\n"u8, 0x1A, 0x0A], EvidenceKind.Photo, "image/png"),
        (Brand, [.. "WEBP"u8], EvidenceKind.Photo, "image/webp"),
        (0, [.. "%PDF-"u8], EvidenceKind.Document, "application/pdf"),
    ];

    private static readonly (string[] Brands, EvidenceKind Kind, string ContentType)[] Media =
    [
        (["heic", "heix", "heim", "heis", "mif1", "msf1"], EvidenceKind.Photo, "image/heic"),
        (["qt  "], EvidenceKind.Video, "video/quicktime"),
        (["isom", "iso2", "iso3", "iso4", "iso5", "iso6", "mp41", "mp42", "avc1", "M4V ", "MSNV", "3gp4", "3gp5", "3gp6"], EvidenceKind.Video, "video/mp4"),
    ];

    /// <summary>Every content type that can be told.</summary>
    public static IEnumerable<string> Known => Signatures.Select(type => type.ContentType).Concat(Media.Select(type => type.ContentType));

    public static FileType? Of(ReadOnlySpan<byte> head)
    {
        foreach (var (offset, magic, kind, contentType) in Signatures)
            if (head.Length >= offset + magic.Length && head[offset..].StartsWith(magic)) return new(kind, contentType);
        if (head.Length < Brand + 4 || !head[BoxType..].StartsWith("ftyp"u8)) return null;
        var brand = Encoding.ASCII.GetString(head.Slice(Brand, 4));
        foreach (var (brands, kind, contentType) in Media)
            if (brands.Contains(brand)) return new(kind, contentType);
        return null;
    }
}
