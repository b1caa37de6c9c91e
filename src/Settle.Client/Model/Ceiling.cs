using System.Text.Json.Serialization;

namespace Settle;

/// <summary>The highest balance that incoming money may lead to: minor units, or none.</summary>
[JsonConverter(typeof(CeilingJsonConverter))]
public readonly record struct Ceiling
{
    private Ceiling(long minor, bool isNone) => (Minor, IsNone) = (minor, isNone);

    /// <summary>No ceiling.</summary>
    public static Ceiling None { get; } = new(0, true);

    /// <summary>Minor units, 0 to 2^53-1; 0 if there is no ceiling.</summary>
    public long Minor { get; }

    /// <summary>Whether there is no ceiling.</summary>
    public bool IsNone { get; }

    /// <summary>A ceiling in minor units.</summary>
    /// <exception cref="InvalidRequestException">
    /// Negative, or above <see cref="Limits.AmountMax"/>.
    /// </exception>
    public static Ceiling Of(long minor) =>
        minor is >= 0 and <= Limits.AmountMax
            ? new(minor, false)
            : throw new InvalidRequestException("ceiling",
            "must be 0 to 2^53-1 minor units, or 'none'");

    /// <summary>
    /// Reads <c>none</c> or an amount in the major unit, which is a limit once the scale of its
    /// asset is known.
    /// </summary>
    /// <exception cref="InvalidRequestException">It is neither.</exception>
    internal static Func<int, Ceiling> Parse(string text)
    {
        var limit = Settle.Parse.Limit("ceiling", text, "none");
        return scale => limit is { } amount
            ? Of(Money.Of(amount).ToMinor("ceiling", scale, allowZero: true)) : None;
    }
}
