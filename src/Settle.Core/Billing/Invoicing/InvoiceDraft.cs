namespace Settle.Billing;

/// <summary>An invoice that a run would make.</summary>
/// <param name="Items">Its charges.</param>
/// <param name="Treatment">The tax that replaces theirs; null where each keeps its own.</param>
/// <param name="Sums">What it comes to.</param>
internal sealed record InvoiceDraft(
    InvoiceItem[] Items, TaxCategory? Treatment, InvoiceSums Sums)
{
    /// <summary>The tax of a line.</summary>
    public TaxTerm TermOf(int item) =>
        Treatment is { } category ? new TaxTerm(category, 0) : Items[item].Tax;
}
