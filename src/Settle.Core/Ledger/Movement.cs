using System.Runtime.InteropServices;

namespace Settle;

/// <summary>
/// What one entry did to one account, for the index and for readers: 32 bytes, because there are
/// two for every transfer. When money is held after it, a second row of kind
/// <see cref="MovementKinds.Held"/> with the same location says how much. Terms have rows of their
/// own, so that those of any moment are found without reading the movements since.
/// </summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly record struct Movement(
    int Account, ushort Asset, MovementKinds Kinds, EntryLocation Location, long Low, long High)
{
    // Each of these is looked up by itself.
    private const ulong TermsStream = 1 << 16;
    private const ulong ExpiredStream = 2 << 16;
    private const ulong StateStream = 3 << 16;
    private const ulong PaymentStream = 4 << 16;
    private const ulong DatedStream = 5 << 16;
    private const ulong LapsedStream = 6 << 16;
    private const ulong MoneyBackStream = 7 << 16;

    /// <summary>The balance after the entry; for a held row, the money held after it.</summary>
    public Int128 Value => new((ulong)High, (ulong)Low);

    /// <summary>What the row is looked up by, together with its location.</summary>
    public ulong Stream => Kinds < MovementKinds.Terms ? StreamOf(Account, Asset)
        : StreamOf(Account, Asset) | Kinds switch
        {
            MovementKinds.Terms => TermsStream,
            MovementKinds.Expired => ExpiredStream,
            MovementKinds.Payment => PaymentStream,
            MovementKinds.Dated => DatedStream,
            MovementKinds.Lapsed => LapsedStream,
            MovementKinds.MoneyBack => MoneyBackStream,
            _ => StateStream,
        };

    /// <summary>The movements of an account in an asset.</summary>
    public static ulong StreamOf(int account, int asset) =>
        ((ulong)(uint)account << 32) | (uint)asset;

    /// <summary>The rows of kind <see cref="MovementKinds.Terms"/>.</summary>
    public static ulong TermsOf(int account, int asset) => StreamOf(account, asset) | TermsStream;

    /// <summary>The rows of kind <see cref="MovementKinds.Expired"/>.</summary>
    public static ulong ExpiredOf(int account, int asset) =>
        StreamOf(account, asset) | ExpiredStream;

    /// <summary>The rows of kind <see cref="MovementKinds.State"/>.</summary>
    public static ulong StateOf(int account) => StreamOf(account, 0) | StateStream;

    /// <summary>The rows of kind <see cref="MovementKinds.Payment"/>.</summary>
    /// <param name="customer">Whose; null for the rows that are found without naming one.</param>
    public static ulong PaymentsOf(int? customer) =>
        Payment(customer, default, 0).Stream;

    /// <summary>That a customer paid on a day.</summary>
    public static Movement Payment(int? customer, EntryLocation location, int day) =>
        new(customer ?? 0, customer is null ? (ushort)1 : (ushort)0, MovementKinds.Payment,
            location, day, 0);

    /// <summary>Refunds and charge-backs.</summary>
    /// <param name="customer">Whose; null for those of everybody.</param>
    public static ulong MoneyBackOf(int? customer) =>
        MoneyBack(customer, default, 0, default).Stream;

    /// <summary>The refunds and charge-backs of a payment.</summary>
    /// <param name="payment">Its number among those that something was taken back of.</param>
    public static ulong TakenBackOf(int payment) => StreamOf(payment, 2) | MoneyBackStream;

    /// <summary>That money went back to a customer on a day.</summary>
    public static Movement MoneyBack(
        int? customer, EntryLocation location, int day, EntryKind kind) =>
        new(customer ?? 0, customer is null ? (ushort)1 : (ushort)0, MovementKinds.MoneyBack,
            location, day, (long)kind);

    /// <summary>That money of a payment went back on a day.</summary>
    public static Movement TakenBack(
        int payment, EntryLocation location, int day, EntryKind kind) =>
        new(payment, 2, MovementKinds.MoneyBack, location, day, (long)kind);

    /// <summary>The rows of kind <see cref="MovementKinds.Dated"/>.</summary>
    public static ulong DatedOf(int account, int asset) => StreamOf(account, asset) | DatedStream;

    /// <summary>The rows of kind <see cref="MovementKinds.Lapsed"/>, of all holds.</summary>
    public static ulong Lapsed => StreamOf(0, AssetTable.NoAsset) | LapsedStream;

    public static Movement Of(int account, ushort asset, MovementKinds kinds,
        EntryLocation location, Int128 value) =>
        new(account, asset, kinds, location, (long)value, (long)(value >> 64));
}
