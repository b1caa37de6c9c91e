using System.Buffers;
using System.Runtime.InteropServices;

namespace Settle.Inbox;

/// <summary>Writes the body of a <c>_bulk_docs</c>: documents with their outcomes.</summary>
internal sealed class OutcomeBody : IDisposable
{
    private static readonly string[] Replaced =
        ["status", "reason", "field", "block", "account", "spendable", "needed"];

    // A document of a room's may have one of its own.
    private const string Room = "room";

    private readonly ArrayBufferWriter<byte> _bytes = new(64 * 1024);
    private readonly Utf8JsonWriter _json;

    public OutcomeBody()
    {
        _json = new Utf8JsonWriter(_bytes);
        _json.WriteStartObject();
        _json.WriteStartArray("docs"u8);
    }

    /// <summary>The document as it is, but for its outcome.</summary>
    public void Add(DecidedDocument wanted)
    {
        var (document, outcome, endsIt) = wanted;
        _json.WriteStartObject();
        foreach (var member in document.Body.EnumerateObject())
        {
            // Only a member with a name that is not Unicode is lost; nobody could read it.
            if (DocumentFields.NameOf(member) is not { } name || Replaced.Contains(name)
                || (name == Room && outcome.RefusedAccount?.Room is not null))
                continue;
            _json.WritePropertyName(name);
            _json.WriteRawValue(JsonMarshal.GetRawUtf8Value(member.Value), true);
        }
        if (endsIt) _json.WriteBoolean("_deleted"u8, true);
        _json.WriteString("status"u8, outcome.Status);
        if (outcome.Reason is { } reason) _json.WriteString("reason"u8, reason);
        if (outcome.Field is { } field) _json.WriteString("field"u8, field);
        if (outcome.Block is { } block) _json.WriteNumber("block"u8, block);
        if (outcome.Shortfall is { } shortfall)
        {
            _json.WriteString("account"u8, shortfall.Account);
            WriteAmount("spendable", shortfall.Spendable);
            WriteAmount("needed", shortfall.Needed);
        }
        if (outcome.RefusedAccount is { } refused)
        {
            _json.WriteString("account"u8, refused.Account);
            if (refused.Room is { } room) WriteAmount(Room, room);
        }
        _json.WriteEndObject();
    }

    private void WriteAmount(string name, Money amount)
    {
        _json.WritePropertyName(name);
        _json.WriteRawValue(amount.Units.ToString(CultureInfo.InvariantCulture));
    }

    public ReadOnlyMemory<byte> Finish()
    {
        _json.WriteEndArray();
        _json.WriteEndObject();
        _json.Flush();
        return _bytes.WrittenMemory;
    }

    public void Dispose() => _json.Dispose();
}
