using System.Buffers.Binary;
using System.Text;

namespace Workflow.Server.Tests.WorkItems;

/// <summary>The smallest JPEG with a camera's time and position in it.</summary>
internal static class Exif
{
    private const ushort Ascii = 2;
    private const ushort Long = 4;
    private const ushort Rational = 5;

    public static byte[] Jpeg(double longitude, double latitude, string takenAt, string offset)
    {
        const int ifd = 8;
        var first = Directory(ifd, [(0x8769, Long, 1, At(0)), (0x8825, Long, 1, At(0))]);
        var camera = Directory(ifd + first.Length, [(0x9003, Ascii, 20, Text(takenAt)), (0x9011, Ascii, 7, Text(offset))]);
        var gpsAt = ifd + first.Length + camera.Length;
        var gps = Directory(gpsAt, [(1, Ascii, 2, Text("N")), (2, Rational, 3, Degrees(latitude)), (3, Ascii, 2, Text("E")), (4, Rational, 3, Degrees(longitude))]);
        first = Directory(ifd, [(0x8769, Long, 1, At(ifd + first.Length)), (0x8825, Long, 1, At(gpsAt))]);
        byte[] tiff = [.. "MM"u8, 0, 42, .. At(ifd), .. first, .. camera, .. gps];
        byte[] segment = [.. "Exif"u8, 0, 0, .. tiff];
        var length = new byte[2];
        BinaryPrimitives.WriteUInt16BigEndian(length, (ushort)(segment.Length + 2));
        // A start of scan, at which readers of metadata stop.
        return [0xFF, 0xD8, 0xFF, 0xE1, .. length, .. segment, 0xFF, 0xDA, 0, 2, 0, 0xFF, 0xD9];
    }

    private static byte[] Directory(int at, (ushort Tag, ushort Type, int Count, byte[] Value)[] entries)
    {
        var (table, values) = (new List<byte>(), new List<byte>());
        var valuesAt = at + 2 + (entries.Length * 12) + 4;
        table.AddRange([0, (byte)entries.Length]);
        foreach (var (tag, type, count, value) in entries)
        {
            table.AddRange([(byte)(tag >> 8), (byte)tag, (byte)(type >> 8), (byte)type, .. At(count)]);
            if (value.Length <= 4) table.AddRange([.. value, .. new byte[4 - value.Length]]);
            else
            {
                table.AddRange(At(valuesAt + values.Count));
                values.AddRange(value);
            }
        }
        return [.. table, 0, 0, 0, 0, .. values];
    }

    private static byte[] Text(string text) => [.. Encoding.ASCII.GetBytes(text), 0];

    private static byte[] Degrees(double degrees)
    {
        var (whole, minutes) = ((int)degrees, (degrees - (int)degrees) * 60);
        return [.. At(whole), .. At(1), .. At((int)minutes), .. At(1), .. At((int)Math.Round((minutes - (int)minutes) * 60 * 10_000)), .. At(10_000)];
    }

    private static byte[] At(int number)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(bytes, number);
        return bytes;
    }
}
