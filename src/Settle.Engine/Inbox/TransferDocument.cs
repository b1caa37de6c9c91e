using System.Text.Json;
using Settle.Settling;

namespace Settle.Inbox;

/// <summary>A transfer that a client dropped into the database.</summary>
internal sealed class TransferDocument(JsonElement body) : InboxDocument(body)
{
    public const string IdPrefix = "transfer:";

    private TransferRequest? _request;

    public override string? Payer => _request?.From ?? "";

    protected override string Prefix => IdPrefix;

    public override void Add(RequestBatch batch) =>
        LedgerRequests.Read(batch, _request!, Id, Author, IsTeller);

    protected override string Read(DocumentFields fields)
    {
        _request = new TransferRequest
        {
            Id = Id,
            From = fields.Text("from") ?? throw DocumentFields.Missing("from"),
            To = fields.Text("to") ?? throw DocumentFields.Missing("to"),
            Amount = fields.Amount("amount") ?? throw DocumentFields.Missing("amount"),
            Asset = fields.Text("asset") is "" ? throw DocumentFields.Missing("asset")
                : fields.Text("asset"),
            Timestamp = fields.Required("timestamp"),
            Memo = fields.Text("memo"),
            Meta = fields.Meta(),
        };
        IsTeller = fields.Flag("teller");
        return _request.Timestamp!;
    }
}
