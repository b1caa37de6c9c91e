namespace Settle.Billing.Rules;

/// <summary>Codes that say why there is no VAT (BT-121).</summary>
internal static class VatexCode
{
    /// <exception cref="InvalidRequestException">The code list does not have it.</exception>
    public static void Check(string field, string code)
    {
        if (CodeLists.ExemptionReasons.Contains(code)) return;
        throw Parse.Fault(field, code,
            "is not in the code list VATEX; use one of it, such as VATEX-EU-132-1I, or none");
    }
}
