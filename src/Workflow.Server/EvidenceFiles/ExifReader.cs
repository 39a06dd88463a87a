using System.Globalization;
using MetadataExtractor;
using MetadataExtractor.Formats.Exif;
using MetadataExtractor.Formats.Jpeg;
using MetadataExtractor.Formats.Tiff;
using MetadataExtractor.IO;
using Workflow.Engine.Places;
using Workflow.Engine.WorkItems;

namespace Workflow.Server.EvidenceFiles;

/// <summary>
/// Reads what a camera has written into a JPEG: its first EXIF segment, which is at most 64 KB. Other formats hide it in nested boxes or compressed chunks,
/// where a few bytes of a stranger can ask for gigabytes.
/// </summary>
internal static class ExifReader
{
    private const int DeviceLength = 100;
    private const string CameraTime = "yyyy:MM:dd HH:mm:ss";

    private static ReadOnlySpan<byte> Preamble => "Exif\0\0"u8;

    /// <param name="zone">Where the camera's clock is set to when the file does not say.</param>
    /// <returns>Null when it says nothing, or cannot be read: a photo is evidence without it.</returns>
    public static Capture? Read(Stream photo, TimeZoneInfo zone)
    {
        try
        {
            var segments = JpegSegmentReader.ReadSegments(new SequentialStreamReader(photo), [JpegSegmentType.App1]);
            if (segments.FirstOrDefault(segment => segment.Bytes.AsSpan().StartsWith(Preamble)) is not { } exif) return null;
            var directories = new List<MetadataExtractor.Directory>();
            TiffReader.ProcessTiff(new ByteArrayReader(exif.Bytes[Preamble.Length..]), new KnownTags(directories));
            var gps = directories.OfType<GpsDirectory>().FirstOrDefault();
            var (longitude, latitude) = PositionOf(gps);
            var camera = directories.OfType<ExifIfd0Directory>().FirstOrDefault();
            var device = $"{camera?.GetString(ExifDirectoryBase.TagMake)} {camera?.GetString(ExifDirectoryBase.TagModel)}";
            var read = new Capture(TimeOf(directories.OfType<ExifSubIfdDirectory>().FirstOrDefault(), gps, zone), longitude, latitude, Clean(device));
            return read == new Capture(null, null, null, null) ? null : read;
        }
        // Strangers write these files, and the library throws whatever their bytes lead to.
        catch (Exception problem) when (problem is not OperationCanceledException)
        {
            return null;
        }
    }

    private static (double? Longitude, double? Latitude) PositionOf(GpsDirectory? gps)
    {
        if (gps?.GetGeoLocation() is not { } place || !Position.IsLongitude(place.Longitude) || !Position.IsLatitude(place.Latitude)) return (null, null);
        var datum = DatumName.Read(gps.GetString(GpsDirectory.TagMapDatum)?.Trim()) ?? Datum.Wgs84;
        var (longitude, latitude) = DatumConversion.ToWgs84(place.Longitude, place.Latitude, datum);
        return (Math.Round(longitude, 7), Math.Round(latitude, 7));
    }

    /// <summary>The camera's own time with its offset; where it has none the satellites' time; else the camera's in the city's zone.</summary>
    private static DateTimeOffset? TimeOf(ExifSubIfdDirectory? camera, GpsDirectory? gps, TimeZoneInfo zone)
    {
        var local = DateTime.TryParseExact(camera?.GetString(ExifDirectoryBase.TagDateTimeOriginal), CameraTime, CultureInfo.InvariantCulture, DateTimeStyles.None, out var taken) ? taken : (DateTime?)null;
        if (local is { } at && TimeSpan.TryParse(camera?.GetString(ExifDirectoryBase.TagTimeZoneOriginal)?.TrimStart('+'), CultureInfo.InvariantCulture, out var offset) && offset.Duration() <= TimeSpan.FromHours(14))
            return new(at, offset);
        if (gps is not null && gps.TryGetGpsDate(out var satellites)) return new(DateTime.SpecifyKind(satellites, DateTimeKind.Utc));
        return local is { } zoned ? new(zoned, zone.GetUtcOffset(zoned)) : null;
    }

    private static string? Clean(string text)
    {
        var clean = new string([.. text.Where(letter => !char.IsControl(letter))]).Trim();
        return clean.Length == 0 ? null : clean.Length > DeviceLength ? clean[..DeviceLength] : clean;
    }

    /// <summary>
    /// Lets the library read what is asked for here, and nothing else: 64 KB that name the same long value thousands of times, or directories within
    /// directories, cost it seconds and hundreds of megabytes.
    /// </summary>
    private sealed class KnownTags(List<MetadataExtractor.Directory> directories) : ExifTiffHandler(directories)
    {
        private const int MostBytes = 256;
        private const int MostDirectories = 4;

        private static readonly HashSet<int> Ways = [ExifIfd0Directory.TagExifSubIfdOffset, ExifIfd0Directory.TagGpsInfoOffset];

        private static readonly HashSet<int> Wanted =
        [
            ExifDirectoryBase.TagMake, ExifDirectoryBase.TagModel, ExifDirectoryBase.TagDateTimeOriginal, ExifDirectoryBase.TagTimeZoneOriginal,
            GpsDirectory.TagLatitudeRef, GpsDirectory.TagLatitude, GpsDirectory.TagLongitudeRef, GpsDirectory.TagLongitude, GpsDirectory.TagTimeStamp, GpsDirectory.TagDateStamp, GpsDirectory.TagMapDatum,
        ];

        private int entered;

        public override bool TryEnterSubIfd(int tagType) => Ways.Contains(tagType) && ++entered <= MostDirectories && base.TryEnterSubIfd(tagType);

        public override bool HasFollowerIfd() => false;

        /// <summary>True: nothing more is done about the tag.</summary>
        public override bool CustomProcessTag(int tagOffset, ICollection<int> processedIfdOffsets, IndexedReader reader, int tagId, int byteCount) => byteCount > MostBytes || !Wanted.Contains(tagId);
    }
}
