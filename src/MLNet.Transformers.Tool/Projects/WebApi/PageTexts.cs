namespace MLNet.Transformers.Tool.Projects.WebApi;

/// <summary>What the page says of a scenario.</summary>
/// <param name="Description">What the model does, a sentence.</param>
/// <param name="Action">What stands on the button.</param>
internal sealed record PageTexts(string Description, string Action)
{
    /// <summary>What the page says of the models of a command.</summary>
    public static PageTexts Of(string command) => command switch
    {
        "text-classification" => new("Type a text, and the model files it under a class.", "Classify"),
        "sentence-similarity" => new("Type two sentences, and the model says how alike they are.", "Compare"),
        "named-entity-recognition" => new("Type a text, with a space before each full stop and comma as in the data, and the model marks the names and other entities in it.", "Mark"),
        "question-answering" => new("Ask about a text, and the model shows where it answers.", "Ask"),
        "image-classification" => new("Show the model an image, and it files it under a class.", "Classify"),
        "translation" => new("Type a text, and the model translates it.", "Translate"),
        "text-generation" => new("Begin a text, and the model goes on with it.", "Go on"),
        _ => throw new NotSupportedException($"There is no page for {command}."),
    };
}
