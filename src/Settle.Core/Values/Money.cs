using System.Globalization;

namespace Settle;

/// <summary>
/// An amount of one asset, as a caller states it: in the major unit (<c>Money.Of(50, "USD")</c>) or
/// in the minor unit (<c>Money.OfMinor(5000, "USD")</c>). It becomes an integer when the ledger,
/// which knows the asset's scale, takes it.
/// </summary>
public readonly record struct Money
{
    private readonly decimal _value;
    private readonly bool _isMinor;

    private Money(decimal value, bool isMinor, string? asset)
    {
        _value = value;
        _isMinor = isMinor;
        Asset = asset;
    }

    /// <summary>The asset's code; null means the ledger's default asset.</summary>
    public string? Asset { get; }

    /// <summary>An amount in the major unit: <c>Of(50, "USD")</c> is fifty dollars.</summary>
    public static Money Of(decimal majorUnits, string? asset = null) =>
        new(majorUnits, false, asset);

    /// <summary>
    /// An amount in the minor unit: <c>OfMinor(5000, "USD")</c> is fifty dollars.
    /// </summary>
    public static Money OfMinor(long minorUnits, string? asset = null) =>
        new(minorUnits, true, asset);

    /// <summary>
    /// The amount in the minor unit of an asset with <paramref name="scale"/> decimals.
    /// </summary>
    /// <exception cref="InvalidRequestException">
    /// More decimals than the asset has, not positive, or above <see cref="Limits.AmountMax"/>.
    /// </exception>
    public long ToMinor(int scale)
    {
        decimal minor = _value;
        try
        {
            for (var i = 0; i < scale && !_isMinor; i++) minor *= 10m;
        }
        catch (OverflowException)
        {
            throw Amounts.TooLarge("amount");
        }
        if (minor != decimal.Truncate(minor)) throw Amounts.TooManyDecimals("amount", scale);
        if (minor <= 0) throw Amounts.NotPositive("amount");
        if (minor > Limits.AmountMax) throw Amounts.TooLarge("amount");
        return (long)minor;
    }

    /// <inheritdoc/>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{_value}{(_isMinor ? " minor" : "")} {Asset}")
            .TrimEnd();
}
