namespace Settle;

/// <summary>What a <see cref="Movement"/> row is about.</summary>
[Flags]
internal enum MovementKinds : ushort
{
    /// <summary>
    /// The position is only mentioned, by a refused entry, before anything touched it.
    /// </summary>
    None = 0,

    /// <summary>The balance changed.</summary>
    Booked = 1,

    /// <summary>The entry touched the position: a hold, its end, or new terms.</summary>
    Touched = 2,

    /// <summary>The row's value is the money held.</summary>
    Held = 4,

    /// <summary>A rejected entry mentions the position; its balance is what it was.</summary>
    Mentioned = 8,

    /// <summary>The position's floor (low) and ceiling (high) after the entry.</summary>
    Terms = 16,

    /// <summary>
    /// Of what a block freed at its beginning: a hold's amount (low) and expiry (high).
    /// </summary>
    Expired = 32,

    /// <summary>
    /// The account was opened by then: the number of its notes (low), and whether it is closed
    /// (high is not 0).
    /// </summary>
    State = 64,

    /// <summary>
    /// A payment of a customer, who stands where accounts do: the day it was paid (low).
    /// </summary>
    Payment = 128,

    /// <summary>
    /// The entry moved money for another day than its block's, UTC: what came in (low; negative
    /// for what went out), and the day (high).
    /// </summary>
    Dated = 256,

    /// <summary>
    /// A block freed a hold at its beginning: where the hold's entry is (low), and its expiry
    /// (high). Such rows are in one stream, whatever their account.
    /// </summary>
    Lapsed = 512,

    /// <summary>
    /// A refund or charge-back: the day (low), and which of them it is (high, an
    /// <see cref="EntryKind"/>). A customer stands where accounts do, or the payment that it takes
    /// back.
    /// </summary>
    MoneyBack = 1024,
}
