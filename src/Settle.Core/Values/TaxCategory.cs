namespace Settle.Billing;

/// <summary>The categories of EN 16931, in the order in which an invoice lists them.</summary>
internal enum TaxCategory : byte
{
    /// <summary>S: a rate above zero.</summary>
    Standard,

    /// <summary>Z: a rate of zero.</summary>
    Zero,

    /// <summary>E: exempt.</summary>
    Exempt,

    /// <summary>AE: the buyer pays the tax.</summary>
    ReverseCharge,

    /// <summary>K: a supply within the European Union.</summary>
    IntraCommunity,

    /// <summary>G: export.</summary>
    Export,

    /// <summary>O: not subject to the tax.</summary>
    OutOfScope,
}
