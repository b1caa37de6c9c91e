using System.Text.Json.Serialization;

namespace Settle;

/// <summary>How far below zero a balance may fall: minor units, or unlimited.</summary>
[JsonConverter(typeof(OverdraftJsonConverter))]
public readonly record struct Overdraft
{
    private Overdraft(long minor, bool isUnlimited) => (Minor, IsUnlimited) = (minor, isUnlimited);

    /// <summary>No limit at all.</summary>
    public static Overdraft Unlimited { get; } = new(0, true);

    /// <summary>Minor units, 0 to 2^53-1; 0 if unlimited.</summary>
    public long Minor { get; }

    /// <summary>Whether there is no limit.</summary>
    public bool IsUnlimited { get; }

    /// <summary>A limit in minor units.</summary>
    /// <exception cref="InvalidRequestException">
    /// Negative, or above <see cref="Limits.AmountMax"/>.
    /// </exception>
    public static Overdraft Of(long minor) =>
        minor is >= 0 and <= Limits.AmountMax
            ? new(minor, false)
            : throw new InvalidRequestException("overdraft",
            "must be 0 to 2^53-1 minor units, or 'unlimited'");

    /// <summary>
    /// Reads <c>unlimited</c> or an amount in the major unit, which is a limit once the scale of
    /// its asset is known.
    /// </summary>
    /// <exception cref="InvalidRequestException">It is neither.</exception>
    internal static Func<int, Overdraft> Parse(string text)
    {
        var limit = Settle.Parse.Limit("overdraft", text, "unlimited");
        return scale => limit is { } amount
            ? Of(Money.Of(amount).ToMinor("overdraft", scale, allowZero: true)) : Unlimited;
    }
}
