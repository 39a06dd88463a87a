using System.Security.Cryptography;

namespace Workflow.Server.Confidentiality;

/// <summary>AES-256-GCM: nonce, tag and ciphertext in one. What is sealed for one record opens as no other's.</summary>
internal static class ReporterSeal
{
    public const int KeyBytes = 32;

    private static readonly (int Nonce, int Tag) Sizes = (AesGcm.NonceByteSizes.MaxSize, AesGcm.TagByteSizes.MaxSize);

    public static byte[] Close(byte[] key, Guid record, byte[] text)
    {
        var closed = new byte[Sizes.Nonce + Sizes.Tag + text.Length];
        var nonce = closed.AsSpan(0, Sizes.Nonce);
        RandomNumberGenerator.Fill(nonce);
        using var aes = new AesGcm(key, Sizes.Tag);
        aes.Encrypt(nonce, text, closed.AsSpan(Sizes.Nonce + Sizes.Tag), closed.AsSpan(Sizes.Nonce, Sizes.Tag), record.ToByteArray());
        return closed;
    }

    /// <exception cref="CryptographicException">Another key, another record, or other bytes.</exception>
    public static byte[] Open(byte[] key, Guid record, byte[] closed)
    {
        if (closed.Length < Sizes.Nonce + Sizes.Tag) throw new CryptographicException("expected a sealed record, found too few bytes");
        var text = new byte[closed.Length - Sizes.Nonce - Sizes.Tag];
        using var aes = new AesGcm(key, Sizes.Tag);
        aes.Decrypt(closed.AsSpan(0, Sizes.Nonce), closed.AsSpan(Sizes.Nonce + Sizes.Tag), closed.AsSpan(Sizes.Nonce, Sizes.Tag), text, record.ToByteArray());
        return text;
    }
}
