namespace Settle.Billing.Rules;

/// <summary>Where in an invoice: <c>lines[3]</c>, or <c>lines[3].allowances[0]</c>.</summary>
internal readonly record struct FieldPath(string Group, int Index = -1, string? Sub = null,
    int SubIndex = -1)
{
    public string Of(string field)
    {
        var path = Index < 0 ? Group
            : string.Create(CultureInfo.InvariantCulture, $"{Group}[{Index}]");
        if (Sub is not null)
            path = string.Create(CultureInfo.InvariantCulture, $"{path}.{Sub}[{SubIndex}]");
        return $"{path}.{field}";
    }

    public FieldPath Within(string sub, int index) => this with { Sub = sub, SubIndex = index };
}
