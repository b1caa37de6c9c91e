using System.Runtime.InteropServices;

namespace Settle;

/// <summary>
/// A 64-bit hash of ids and names: multiply and fold, eight bytes at a time. It only finds
/// candidates quickly, whoever finds one compares the bytes; so a collision costs time and nothing
/// else.
/// </summary>
internal static class KeyHash
{
    private const ulong Odd1 = 0xA0761D6478BD642F;
    private const ulong Odd2 = 0xE7037ED1A0B428DB;

    /// <summary>Marks the key under which the resolution of a hold is found.</summary>
    public const ulong Resolution = 0x8EBC6AF09C88C6E3;

    /// <summary>Marks the key under which the revert of a transfer is found.</summary>
    public const ulong Reversal = 0x589965CC75374CC3;

    /// <summary>Marks the key under which an invoice's number is found.</summary>
    public const ulong Number = 0xD6E8FEB86659FD93;

    /// <summary>Marks the key under which the entry that made a subscription is found.</summary>
    public const ulong Subscription = 0xA0761D6478BD642F;

    /// <summary>Marks the key under which the withdrawal of a charge is found.</summary>
    public const ulong Withdrawal = 0x9E3779B97F4A7C15;

    public static ulong Of(ReadOnlySpan<byte> key, ulong seed = 0)
    {
        var hash = seed ^ Odd1 ^ (ulong)key.Length;
        while (key.Length >= 8)
        {
            hash = Fold(hash ^ MemoryMarshal.Read<ulong>(key), Odd2);
            key = key[8..];
        }
        ulong tail = 0;
        for (var i = 0; i < key.Length; i++) tail |= (ulong)key[i] << (8 * i);
        return Fold(hash ^ tail, Odd1) ^ Fold(hash, Odd2);
    }

    private static ulong Fold(ulong a, ulong b)
    {
        var high = Math.BigMul(a, b, out var low);
        return high ^ low;
    }
}
