namespace Settle.Billing.Rules;

/// <summary>Whose rules an invoice says it follows (BT-24).</summary>
internal enum EnProfile
{
    /// <summary>Something else; the rules of EN 16931 are all that is known of it.</summary>
    Other,

    /// <summary>EN 16931 itself; Factur-X calls it EN 16931 or COMFORT.</summary>
    Plain,

    /// <summary>Germany's authorities.</summary>
    XRechnung,

    /// <summary>XRechnung with its extension.</summary>
    XRechnungExtension,

    /// <summary>XRechnung for clean vehicles.</summary>
    XRechnungCvd,

    /// <summary>Peppol BIS Billing 3.</summary>
    Peppol,

    /// <summary>Factur-X and ZUGFeRD: no lines, and no taxes by rate.</summary>
    Minimum,

    /// <summary>Factur-X and ZUGFeRD: no lines.</summary>
    BasicWithoutLines,

    /// <summary>Factur-X and ZUGFeRD: a part of EN 16931.</summary>
    Basic,

    /// <summary>Factur-X and ZUGFeRD: more than EN 16931.</summary>
    Extended,
}
