using System.Text.Json.Serialization;

namespace Settle;

/// <summary>
/// An amount of one asset: <c>Money.Of(50, "USD")</c> is fifty dollars. It may be negative or zero,
/// as a balance may. Equal money is equal, however it was made: <c>Of(50, "USD")</c>,
/// <c>Of(50.00m, "USD")</c> and <c>OfMinor(5000, "USD")</c>.
/// </summary>
public readonly struct Money : IEquatable<Money>, IComparable<Money>
{
    // The scale of an amount in the minor unit of an asset whose scale only the ledger knows.
    private const byte LedgersScale = byte.MaxValue;

    private readonly Int128 _units;
    private readonly byte _scale;

    // What a person typed may not have more decimals than the asset, not even zeros: 1.250 can be
    // meant as a thousand.
    private readonly bool _isTyped;

    private Money(Int128 units, byte scale, string? asset, bool isTyped = false) =>
        (_units, _scale, Asset, _isTyped) = (units, scale, asset, isTyped);

    /// <summary>The asset's code; null means the ledger's default asset.</summary>
    public string? Asset { get; }

    /// <summary>The amount in the major unit: 50.00 for fifty dollars.</summary>
    /// <exception cref="OverflowException">It has more than the 28 digits of a decimal.</exception>
    public decimal Value => (decimal)_units / (decimal)PowerOfTen(KnownScale);

    /// <summary>
    /// The amount without its decimal point. What a ledger answers with is in the minor unit of the
    /// asset: 5000, with <see cref="Scale"/> 2, for fifty dollars.
    /// </summary>
    [JsonIgnore]
    public Int128 Units => _units;

    /// <summary>
    /// How many decimals it is stated with. What a ledger answers with has those of the asset.
    /// </summary>
    /// <exception cref="InvalidOperationException">
    /// The asset was refused, because the ledger does not know it.
    /// </exception>
    [JsonIgnore]
    public int Scale => KnownScale;

    /// <summary>Whether it is less than zero.</summary>
    [JsonIgnore]
    public bool IsNegative => _units < 0;

    /// <summary>Whether it is nothing.</summary>
    [JsonIgnore]
    public bool IsZero => _units == 0;

    /// <summary>The amount in the major unit with all its decimals: <c>50.00</c>.</summary>
    internal string Digits => Amounts.Format(_units, KnownScale);

    /// <summary>Whether its scale is found by the ledger that takes it.</summary>
    internal bool IsInLedgersScale => _scale == LedgersScale;

    private byte KnownScale => _scale != LedgersScale ? _scale
        : throw new InvalidOperationException("only the ledger knows how many decimals it has");

    /// <summary>An amount in the major unit: <c>Of(50, "USD")</c> is fifty dollars.</summary>
    public static Money Of(decimal majorUnits, string? asset = null) =>
        Of(majorUnits, asset, isTyped: false);

    /// <summary>An amount in the major unit as a person typed it, with all its decimals.</summary>
    internal static Money Typed(decimal majorUnits, string? asset = null) =>
        Of(majorUnits, asset, isTyped: true);

    private static Money Of(decimal majorUnits, string? asset, bool isTyped)
    {
        var parts = (stackalloc int[4]);
        decimal.GetBits(majorUnits, parts);
        var units = (Int128)new UInt128(
            (uint)parts[2], ((ulong)(uint)parts[1] << 32) | (uint)parts[0]);
        return new(
            decimal.IsNegative(majorUnits) ? -units : units, majorUnits.Scale, asset, isTyped);
    }

    /// <summary>
    /// An amount in the minor unit of a currency: <c>OfMinor(5000, "USD")</c> is fifty dollars.
    /// </summary>
    /// <exception cref="InvalidRequestException">
    /// ISO 4217 has no such currency, so that its number of decimals has to be given too.
    /// </exception>
    public static Money OfMinor(long minorUnits, string currency)
    {
        ArgumentNullException.ThrowIfNull(currency);
        return Iso4217.TryGetScale(currency, out var scale)
            ? new(minorUnits, (byte)scale, currency)
            : throw new InvalidRequestException("asset",
                $"'{currency}' is not in ISO 4217; give its scale too (how many decimals it has)");
    }

    /// <summary>
    /// An amount in the minor unit of any asset: <c>OfMinor(250, "points", 1)</c> is 25 points.
    /// </summary>
    /// <param name="minorUnits">The amount.</param>
    /// <param name="asset">The asset's code; null means the ledger's default asset.</param>
    /// <param name="scale">How many decimals it has, 0 to <see cref="Limits.ScaleMax"/>.</param>
    public static Money OfMinor(Int128 minorUnits, string? asset, int scale)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(scale);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(scale, Limits.ScaleMax);
        return new(minorUnits, (byte)scale, asset);
    }

    /// <summary>An amount whose scale is found by the ledger that takes it.</summary>
    internal static Money InLedgersScale(Int128 minorUnits, string? asset) =>
        new(minorUnits, LedgersScale, asset);

    /// <summary>
    /// The amount in the minor unit of an asset with <paramref name="scale"/> decimals, as a
    /// request may state it.
    /// </summary>
    /// <exception cref="InvalidRequestException">
    /// More decimals than the asset has, not positive, or above <see cref="Limits.AmountMax"/>.
    /// </exception>
    public long ToMinor(int scale) => ToMinor("amount", scale);

    /// <inheritdoc cref="ToMinor(int)"/>
    internal long ToMinor(string field, int scale, bool allowZero = false)
    {
        var (units, decimals) = _scale == LedgersScale ? (_units, scale) : (_units, (int)_scale);
        for (; decimals > scale; decimals--)
        {
            var (quotient, rest) = Int128.DivRem(units, 10);
            if (rest != 0 || _isTyped) throw Amounts.TooManyDecimals(field, Amount, scale);
            units = quotient;
        }
        if (units < 0 || (units == 0 && !allowZero))
            throw Amounts.NotPositive(field, Amount, allowZero);
        for (; decimals < scale && units <= Limits.AmountMax; decimals++) units *= 10;
        return units <= Limits.AmountMax ? (long)units : throw Amounts.TooLarge(field, Amount);
    }

    /// <summary>
    /// The same as a request states it: in the minor unit of <paramref name="asset"/>, which it may
    /// leave out.
    /// </summary>
    /// <exception cref="InvalidRequestException">
    /// It is in another asset, or see <see cref="ToMinor(int)"/>.
    /// </exception>
    internal long ToMinor(string field, string asset, int scale, bool allowZero = false) =>
        Asset is null || Asset == asset ? ToMinor(field, scale, allowZero)
            : throw new InvalidRequestException(field,
                $"{this} is in another asset; it must be in {asset}");

    /// <summary>The sum of two amounts of one asset.</summary>
    /// <exception cref="ArgumentException">They are of different assets.</exception>
    public static Money operator +(Money left, Money right)
    {
        var (a, b, scale) = Aligned(left, right);
        return new(checked(a + b), scale, left.Asset);
    }

    /// <summary>The difference of two amounts of one asset.</summary>
    /// <inheritdoc cref="op_Addition"/>
    public static Money operator -(Money left, Money right) => left + -right;

    /// <summary>The same amount in the other direction.</summary>
    public static Money operator -(Money money) =>
        new(checked(-money._units), money._scale, money.Asset);

    /// <inheritdoc cref="CompareTo"/>
    public static bool operator <(Money left, Money right) => left.CompareTo(right) < 0;

    /// <inheritdoc cref="CompareTo"/>
    public static bool operator <=(Money left, Money right) => left.CompareTo(right) <= 0;

    /// <inheritdoc cref="CompareTo"/>
    public static bool operator >(Money left, Money right) => left.CompareTo(right) > 0;

    /// <inheritdoc cref="CompareTo"/>
    public static bool operator >=(Money left, Money right) => left.CompareTo(right) >= 0;

    /// <summary>Whether both are the same amount of the same asset.</summary>
    public static bool operator ==(Money left, Money right) => left.Equals(right);

    /// <summary>Whether they differ in amount or asset.</summary>
    public static bool operator !=(Money left, Money right) => !left.Equals(right);

    /// <summary>Compares two amounts of one asset.</summary>
    /// <exception cref="ArgumentException">They are of different assets.</exception>
    public int CompareTo(Money other)
    {
        var (a, b, _) = Aligned(this, other);
        return a.CompareTo(b);
    }

    /// <inheritdoc/>
    public bool Equals(Money other) => Asset == other.Asset && Shortest() == other.Shortest();

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Money other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Asset, Shortest());

    /// <summary>The amount in the major unit and the asset: <c>50.00 USD</c>.</summary>
    public override string ToString() =>
        $"{Amount}{(_scale == LedgersScale ? " minor units" : "")} {Asset}".TrimEnd();

    private string Amount => Amounts.Format(_units, _scale == LedgersScale ? 0 : _scale);

    // Without zeros at the end, so that equal amounts are the same two numbers.
    private (Int128 Units, byte Scale) Shortest()
    {
        var (units, scale) = (_units, _scale);
        if (scale == LedgersScale) return (units, scale);
        for (; scale > 0; scale--)
        {
            var (quotient, rest) = Int128.DivRem(units, 10);
            if (rest != 0) break;
            units = quotient;
        }
        return (units, scale);
    }

    private static (Int128 Left, Int128 Right, byte Scale) Aligned(Money left, Money right)
    {
        if (left.Asset != right.Asset)
            throw new ArgumentException($"{left} and {right} are of different assets");
        if (left._scale == right._scale) return (left._units, right._units, left._scale);
        var scale = byte.Max(left.KnownScale, right.KnownScale);
        return checked((left._units * PowerOfTen(scale - left._scale),
            right._units * PowerOfTen(scale - right._scale), scale));
    }

    private static Int128 PowerOfTen(int exponent)
    {
        Int128 power = 1;
        for (var i = 0; i < exponent; i++) power *= 10;
        return power;
    }
}
