namespace Settle;

/// <summary>How the charges of a customer are taxed.</summary>
[JsonConverter(typeof(WordJsonConverter<TaxTreatment>))]
public enum TaxTreatment
{
    /// <summary>Something that this version does not know; the server is newer.</summary>
    Unknown,

    /// <summary>Each charge has its own tax.</summary>
    Standard,

    /// <summary>Exempt from tax.</summary>
    Exempt,

    /// <summary>The customer owes the tax.</summary>
    ReverseCharge,

    /// <summary>A supply within the European Union.</summary>
    IntraCommunity,

    /// <summary>An export out of the European Union.</summary>
    Export,

    /// <summary>Not subject to tax.</summary>
    OutOfScope,
}
