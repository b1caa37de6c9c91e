namespace Settle.Billing;

/// <content>SEPA orders, and the refunds that they pay.</content>
internal sealed partial class BillingBook
{
    private readonly NameTable _orderNames = new();
    private readonly NameTable _refundNames = new();

    public VersionedTable<SepaOrderRow> Orders { get; } = new();

    public VersionedTable<RefundRow> Refunds { get; } = new();

    public int FindOrder(ReadOnlySpan<byte> id) => _orderNames.Find(id);

    public string OrderName(int order) => _orderNames.Text(order);

    public int FindRefund(ReadOnlySpan<byte> id) => _refundNames.Find(id);

    public string RefundName(int refund) => _refundNames.Text(refund);

    /// <summary>
    /// Whether a bank is collecting an invoice on a day: it was told to, and has had no more than
    /// some days to say what became of it.
    /// </summary>
    public bool IsCollected(in InvoiceRow invoice, int day) => invoice.IsCollected
        && day <= Orders[invoice.Order - 1].Date + Limits.DebitDays;

    /// <summary>Adds an order; its number, from 0.</summary>
    public int Add(ReadOnlySpan<byte> id, in SepaOrderRow order)
    {
        _orderNames.FindOrAdd(id);
        return Orders.Add(order);
    }

    public void Add(ReadOnlySpan<byte> id, in RefundRow refund)
    {
        _refundNames.FindOrAdd(id);
        Refunds.Add(refund);
    }

    private void BeginOrders()
    {
        Orders.Begin();
        Refunds.Begin();
    }

    private void UndoOrders()
    {
        _orderNames.Truncate(Orders.CountBefore);
        _refundNames.Truncate(Refunds.CountBefore);
        Orders.Undo();
        Refunds.Undo();
    }

    private void CommitOrders()
    {
        Orders.Commit();
        Refunds.Commit();
    }

    private void SaveOrders(Action<ReadOnlySpan<byte>> write)
    {
        write.Long(_orderNames.Count);
        _orderNames.Save(write);
        Orders.Save(write);
        write.Long(_refundNames.Count);
        _refundNames.Save(write);
        Refunds.Save(write);
    }

    private void LoadOrders(Action<Span<byte>> read)
    {
        _orderNames.Load((int)read.Long(), read);
        Orders.Load(read);
        _refundNames.Load((int)read.Long(), read);
        Refunds.Load(read);
    }
}
