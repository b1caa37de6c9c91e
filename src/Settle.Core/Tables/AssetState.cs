namespace Settle;

/// <summary>An asset that a ledger uses.</summary>
internal sealed record AssetState(string Code, int Scale)
{
    public Money Of(Int128 minor) => Money.OfMinor(minor, Code, Scale);

    public Money? OrNone(long minor) => minor == 0 ? null : Of(minor);
}
