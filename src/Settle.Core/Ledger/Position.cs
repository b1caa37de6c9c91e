using System.Runtime.InteropServices;

namespace Settle;

/// <summary>
/// One account in one asset: 64 bytes, one cache line, because deciding a transfer is mostly
/// waiting for two of these.
/// </summary>
[StructLayout(LayoutKind.Sequential)]
internal struct Position
{
    /// <summary>The floor of an account that may fall without limit.</summary>
    public const long NoFloor = long.MinValue;

    /// <summary>The ceiling of an account that may rise without limit.</summary>
    public const long NoCeiling = long.MaxValue;

    /// <summary>A part of <see cref="Billings"/>.</summary>
    public const byte UsedByBilling = 0x80;

    /// <summary>Minor units: what came in minus what went out.</summary>
    public Int128 Balance;

    /// <summary>Minor units: the sum of the open holds.</summary>
    public Int128 Held;

    /// <summary>What available may not fall below: minus the overdraft.</summary>
    public long Floor;

    /// <summary>What the balance may not rise above by a credit.</summary>
    public long Ceiling;

    /// <summary>The account's number.</summary>
    public int Account;

    /// <summary>The account's position in another asset; -1 for none.</summary>
    public int Next;

    /// <summary>The asset's number.</summary>
    public ushort Asset;

    /// <summary>
    /// Whether anything successful ever touched it; before that it does not exist for readers.
    /// </summary>
    public bool IsUsed;

    /// <summary>Whether the account is one that billing moves money on (B12).</summary>
    public readonly bool IsBillings => Billings > 0;

    /// <summary>The first rules by which it is one; 0 for none.</summary>
    public readonly byte BillingsSince => (byte)(Billings & ~UsedByBilling);

    /// <summary>Whether billing has moved money on it.</summary>
    public readonly bool IsUsedByBilling => (Billings & UsedByBilling) != 0;

    /// <summary><see cref="BillingsSince"/>, and with <see cref="UsedByBilling"/> whether billing
    /// has moved money on it: one byte, because the line is full.</summary>
    public byte Billings;

    /// <summary>
    /// Where the value before the newest open block is kept (see <see cref="UndoLog"/>); 0 for
    /// nowhere.
    /// </summary>
    public int KeptAt;

    public readonly Int128 Available => Balance - Held;
}
