namespace Settle;

/// <summary>What a <see cref="Movement"/> row is about.</summary>
[Flags]
internal enum MovementKinds : ushort
{
    /// <summary>The account is only mentioned, by a rejected entry.</summary>
    None = 0,

    /// <summary>The balance changed.</summary>
    Booked = 1,

    /// <summary>The entry touched the position: a hold, its end, or new terms.</summary>
    Touched = 2,

    /// <summary>The row's value is the money held.</summary>
    Held = 4,
}
