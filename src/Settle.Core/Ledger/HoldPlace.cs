namespace Settle;

/// <summary>A place in the order in which holds end.</summary>
/// <param name="EndsAt">Microseconds since 1970; <see cref="long.MaxValue"/> for never.</param>
/// <param name="Sequence">Of holds that end at one time: <see cref="OpenHold.Sequence"/>.</param>
internal readonly record struct HoldPlace(long EndsAt, long Sequence) : IComparable<HoldPlace>
{
    public static readonly HoldPlace End = new(long.MaxValue, long.MaxValue);

    /// <summary>The first place after this one.</summary>
    public HoldPlace Next() => Sequence == long.MaxValue
        ? new HoldPlace(EndsAt + 1, 0) : this with { Sequence = Sequence + 1 };

    /// <summary>After every hold that ends at a time or before.</summary>
    public static HoldPlace After(long time) => new(time, long.MaxValue);

    public int CompareTo(HoldPlace other) => EndsAt != other.EndsAt
        ? EndsAt.CompareTo(other.EndsAt) : Sequence.CompareTo(other.Sequence);
}
