using System.Text.Json.Nodes;

namespace Settle.Simulation;

/// <summary>A transfer document as a client wrote it.</summary>
/// <param name="Number">Stands in the document, so that its content is known again.</param>
/// <param name="Wish">What it asks for.</param>
/// <param name="Fault">The member that is malformed; empty for none.</param>
internal sealed record DroppedDocument(int Number, Wish Wish, string Fault)
{
    public string DocumentId => $"transfer:{Wish.Id}";

    public JsonObject ToJson()
    {
        var json = new JsonObject
        {
            ["_id"] = DocumentId, ["type"] = "transfer", ["from"] = Wish.From, ["to"] = Wish.To,
            ["amount"] = Wish.Amount, ["timestamp"] = Wish.Timestamp, ["author"] = Wish.Author,
            ["status"] = "pending", ["number"] = Number,
        };
        if (Wish.Asset is not null) json["asset"] = Wish.Asset;
        if (Wish.IsTeller) json["teller"] = true;
        switch (Fault)
        {
            case "amount": json["amount"] = Number % 2 == 0 ? "5" : -5; break;
            case "to" when Number % 2 == 0: json.Remove("to"); break;
            case "to": json["to"] = Wish.From; break;
            case "from": json["from"] = " x"; break;
            case "timestamp": json["timestamp"] = "yesterday"; break;
            case "memo": json["memo"] = 5; break;
            case "author": json["author"] = ""; break;
            case "type": json["type"] = "wish"; break;
        }
        return json;
    }

    public override string ToString() =>
        Fault.Length == 0 ? $"{Wish} by {Wish.Author}" : $"{Wish} with a malformed {Fault}";
}
