using System.Text.Json;
using Settle.Inbox;
using Xunit;

namespace Settle.Tests.Inbox;

/// <summary>JSON can hold half a surrogate, which is not a text. It harms only its own document.</summary>
public sealed class DamagedDocumentTests
{
    private const string Rest =
        "\"_id\":\"transfer:ann:1\",\"_rev\":\"1-a\",\"type\":\"transfer\",\"to\":\"bob\",\"amount\":5,"
        + "\"timestamp\":\"2026-10-31T12:00:00Z\",\"author\":\"ann\"";

    [Theory]
    [InlineData(""" "from":"ann","status":"pending","\ud800":1 """, null)]
    [InlineData(""" "from":"\ud800","status":"pending" """, "from")]
    [InlineData(""" "from":"ann","meta":{"\ud800":"x"},"status":"pending" """, "meta")]
    public void A_document_that_has_one_is_read_or_says_where(string members, string? field)
    {
        using var json = JsonDocument.Parse($"{{{Rest},{members}}}");
        var document = InboxDocument.Read(json.RootElement, new RequestBatch());
        Assert.Equal(("transfer:ann:1", true, field),
            (document.DocumentId, document.IsPending, document.Fault?.Field));
    }

    [Fact]
    public void One_with_half_a_status_is_not_pending()
    {
        using var json = JsonDocument.Parse($$"""{{{Rest}},"from":"ann","status":"\ud800"}""");
        Assert.False(InboxDocument.Read(json.RootElement, new RequestBatch()).IsPending);
    }
}
