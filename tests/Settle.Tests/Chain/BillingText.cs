using Settle.Billing;

namespace Settle.Tests.Chain;

/// <summary>Everything that the terms of an entry of billing say.</summary>
internal static class BillingText
{
    public static string Of(RequestBatch batch, BillingTerms terms)
    {
        var fields = typeof(BillingTerms).GetFields()
            .Select(field => $"{field.Name} {Text(field.GetValue(terms))}");
        return string.Join('\n', fields);

        string? Text(object? value) =>
            value is Slice slice ? slice.IsEmpty ? "-" : batch.Text(slice) : value?.ToString();
    }
}
