using Settle.Settling;
using Settle.State;

namespace Settle.Inbox;

/// <summary>A transfer that a client dropped into the database.</summary>
internal sealed class TransferDocument(JsonElement body) : InboxDocument(body)
{
    public const string IdPrefix = "transfer:";

    private TransferRequest? _request;
    private string? _timestamp;

    public override string? Payer => _request?.From ?? "";

    protected override string Prefix => IdPrefix;

    public override void Add(RequestBatch batch) =>
        LedgerRequests.Read(batch, _request!, Id, LedgerAssets.None, Author, IsTeller, _timestamp);

    protected override string Read(DocumentFields fields)
    {
        _timestamp = fields.Required("timestamp");
        _request = new TransferRequest
        {
            Id = Id,
            From = fields.Text("from") ?? throw DocumentFields.Missing("from"),
            To = fields.Text("to") ?? throw DocumentFields.Missing("to"),
            Amount = fields.Amount("amount") ?? throw DocumentFields.Missing("amount"),
            Asset = fields.Text("asset") is "" ? throw DocumentFields.Missing("asset")
                : fields.Text("asset"),
            Memo = fields.Text("memo"),
            Meta = fields.Meta(),
        };
        IsTeller = fields.Flag("teller");
        return _timestamp;
    }
}
