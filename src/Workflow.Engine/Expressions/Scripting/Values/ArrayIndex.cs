namespace Workflow.Engine.Expressions.Scripting;

/// <summary>Property names that are indexes of arrays: "0" to "4294967294", without leading zeros.</summary>
internal static class ArrayIndex
{
    public static bool TryParse(string name, out uint index)
    {
        index = 0;
        if (name.Length is 0 or > 10 || !char.IsAsciiDigit(name[0]) || (name[0] == '0' && name.Length > 1)) return false;
        var total = 0UL;
        foreach (var letter in name)
        {
            if (!char.IsAsciiDigit(letter)) return false;
            total = (total * 10) + (ulong)(letter - '0');
        }
        index = (uint)total;
        return total < uint.MaxValue;
    }

    public static bool TryFrom(double number, out uint index)
    {
        index = number is >= 0 and < uint.MaxValue ? (uint)number : 0;
        return index == number && number < uint.MaxValue && number >= 0;
    }
}
