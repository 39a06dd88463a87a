using System.Buffers.Binary;
using Workflow.Engine.WorkItems;
using Workflow.Server.EvidenceFiles;

namespace Workflow.Server.Tests.WorkItems;

/// <summary>What strangers write into a photo is read when it is what it seems, and costs little when it is not.</summary>
public class ExifReaderTests
{
    private const int MostBytes = 4_000_000;

    private static readonly TimeZoneInfo Shanghai = TimeZoneInfo.FindSystemTimeZoneById("Asia/Shanghai");

    [Fact]
    public void Time_and_position_are_those_that_the_camera_wrote()
    {
        var read = Read(Exif.Jpeg(104.0668, 30.5728, "2026:10:03 02:10:00", "+08:00"))!;

        read.TakenAt.ShouldBe(DateTimeOffset.Parse("2026-10-03T02:10:00+08:00", null));
        read.Longitude!.Value.ShouldBe(104.0668, 0.0001);
        read.Latitude!.Value.ShouldBe(30.5728, 0.0001);
    }

    [Fact]
    public void A_camera_without_an_offset_is_taken_to_be_in_the_city() =>
        Read(Exif.Jpeg(104, 30, "2026:10:03 02:10:00", "nowhere"))!.TakenAt.ShouldBe(DateTimeOffset.Parse("2026-10-03T02:10:00+08:00", null));

    [Fact]
    public void The_same_long_value_named_thousands_of_times_costs_nothing()
    {
        var tiff = new List<byte>([.. "MM"u8, 0, 42, 0, 0, 0, 8, 0x15, 0x18]);
        for (var entry = 0; entry < 5400; entry++) tiff.AddRange([0x90, (byte)entry, 0, 4, .. Number(15_000), .. Number(8)]);
        Costs(tiff);
    }

    [Fact]
    public void Directories_within_directories_cost_nothing()
    {
        var tiff = new List<byte>([.. "MM"u8, 0, 42, 0, 0, 0, 8]);
        while (tiff.Count < 65_000) tiff.AddRange([0, 1, 0x87, 0x69, 0, 4, .. Number(1), .. Number(tiff.Count + 18), .. Number(0)]);
        Costs(tiff);
    }

    [Fact]
    public void Bytes_that_are_no_photo_say_nothing()
    {
        foreach (var bytes in new byte[][] { [], [0xFF, 0xD8], [0xFF, 0xD8, 0xFF, 0xE1, 0xFF], [.. Exif.Jpeg(104, 30, "2026:10:03 02:10:00", "+08:00").Take(40)] }) Read(bytes).ShouldBeNull();
    }

    private static void Costs(List<byte> tiff)
    {
        byte[] segment = [.. "Exif"u8, 0, 0, .. tiff.Take(65_000)];
        byte[] jpeg = [0xFF, 0xD8, 0xFF, 0xE1, .. Number(segment.Length + 2)[2..], .. segment, 0xFF, 0xDA, 0, 2, 0, 0xFF, 0xD9];
        Read(Exif.Jpeg(104, 30, "2026:10:03 02:10:00", "+08:00"));
        var before = GC.GetAllocatedBytesForCurrentThread();

        Read(jpeg).ShouldBeNull();

        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(MostBytes);
    }

    private static Capture? Read(byte[] photo) => ExifReader.Read(new MemoryStream(photo), Shanghai);

    private static byte[] Number(int value)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(bytes, value);
        return bytes;
    }
}
