using System.Globalization;
using System.Numerics;

namespace Workflow.Engine.Expressions.Scripting;

/// <summary>Rounding of the exact value of a double, halves away from zero, as toFixed, toPrecision and toExponential have it.</summary>
internal static class Exact
{
    /// <summary>A non-negative number with this many digits behind the point.</summary>
    public static string Fixed(double number, int fraction)
    {
        var scaled = Scale(number, fraction).ToString(CultureInfo.InvariantCulture).PadLeft(fraction + 1, '0');
        return fraction == 0 ? scaled : scaled.Insert(scaled.Length - fraction, ".");
    }

    /// <summary>A positive number with one digit before the point and this many behind, and an exponent.</summary>
    public static string Round(double number, int fraction)
    {
        if (number == 0) return "0" + (fraction > 0 ? "." + new string('0', fraction) : "") + "E+0";
        var exponent = (int)Math.Floor(Math.Log10(number));
        var digits = Scale(number, fraction - exponent).ToString(CultureInfo.InvariantCulture);
        if (digits.Length > fraction + 1) digits = Scale(number, fraction - ++exponent).ToString(CultureInfo.InvariantCulture);
        else if (digits.Length < fraction + 1) digits = Scale(number, fraction - --exponent).ToString(CultureInfo.InvariantCulture);
        if (fraction > 0) digits = digits.Insert(1, ".");
        return string.Create(CultureInfo.InvariantCulture, $"{digits}E{exponent}");
    }

    /// <summary>number × 10^power as a whole number, rounded.</summary>
    private static BigInteger Scale(double number, int power)
    {
        var bits = BitConverter.DoubleToInt64Bits(number);
        var exponent = (int)((bits >> 52) & 0x7FF);
        BigInteger numerator = (bits & 0xFFFFFFFFFFFFF) | (exponent == 0 ? 0 : 1L << 52);
        var shift = Math.Max(exponent, 1) - 1075;
        var denominator = BigInteger.One;
        if (shift >= 0) numerator <<= shift;
        else denominator <<= -shift;
        if (power >= 0) numerator *= BigInteger.Pow(10, power);
        else denominator *= BigInteger.Pow(10, -power);
        return ((numerator * 2) + denominator) / (denominator * 2);
    }
}
