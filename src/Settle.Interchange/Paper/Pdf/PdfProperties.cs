namespace Settle.Paper.Pdf;

/// <summary>What a PDF says about itself.</summary>
/// <param name="Title">Its title.</param>
/// <param name="Author">Who it is from.</param>
/// <param name="Language">The language of its pages, such as <c>de-DE</c>.</param>
/// <param name="Date">The day that stands for the time it was made.</param>
internal sealed record PdfProperties(string Title, string Author, string Language, DateOnly Date);
