using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.ML;
using Microsoft.ML;
using MLNet.Transformers.Models;
using MLNet.Transformers.Serving;
using MLNet.Transformers.Tokenizers;

namespace MLNet.Transformers.Tests.Build;

/// <summary>Code of pages that is too short to be a sample; it is compiled, and samples and tests of the same kind are run.</summary>
internal static class ReadmeExamples
{
    public static TranslationMetrics Translate(MLContext mlContext, IDataView titles, IDataView others)
    {
        #region translate
        var model = mlContext.SequenceToSequence.Trainers.TransformerTranslation("English", "German", "Translation", epochs: 16).Fit(titles);
        var metrics = mlContext.SequenceToSequence.EvaluateTranslation(model.Transform(others), "German", "Translation");
        #endregion
        return metrics;
    }

    public static ITransformer ClassifyImages(MLContext mlContext, IDataView images)
    {
        #region classify images
        var model = mlContext.Transforms.Conversion.MapValueToKey("Label", "Class")
            .Append(mlContext.MulticlassClassification.Trainers.TransformerImageClassification(imageColumnName: "Image", epochs: 14))
            .Fit(images);
        #endregion
        return model;
    }

    public static void Stages(MLContext mlContext, IDataView reviews)
    {
        #region stages
        var model = mlContext.Transforms.Conversion.MapValueToKey("Label", "Sentiment")
            .Append(mlContext.MulticlassClassification.Trainers.TransformerTextClassification("Label", "Text", pretrainedFolder: "models/distilbert-base-uncased"))
            .Append(mlContext.Transforms.Conversion.MapKeyToValue("PredictedLabel"))
            .Fit(reviews);
        mlContext.Model.Save(model, reviews.Schema, "Sentiment.mlnet");
        #endregion
    }

    public static void Generate()
    {
        #region models
        using var model = PretrainedFolder.Open("models/gpt2").LoadWhole(LanguageModelHead.Of);
        var tokenizer = TransformerTokenizer.FromFolder("models/gpt2");
        var generator = new Generator(model, new GenerationConfig { MaxNewTokens = 40, Samples = true, TopP = 0.9 });
        var texts = generator.Generate([new TokenSequence([.. tokenizer.Encode("The old lighthouse").Ids])]);
        Console.WriteLine(tokenizer.Decode(texts[0][0].Ids));
        #endregion
    }

    public static void Tokenize(IEnumerable<string> lines)
    {
        #region tokenizers
        var tokenizer = TransformerTokenizer.FromFolder("models/bert-base-uncased");
        var encoded = tokenizer.Encode("Where is it?", "In the second drawer.");
        Console.WriteLine(tokenizer.Decode(encoded.Ids));

        var own = new WordPieceTrainer { VocabularySize = 8000 }.Train(lines);
        own.SavePretrained("models/own");
        #endregion
    }

    public static void Serve(WebApplicationBuilder builder)
    {
        #region serving
        builder.Services.AddPredictionEnginePool<ModelInput, ModelOutput>().FromFile("Sentiment.mlnet", watchForChanges: true, TimeSpan.FromSeconds(1));
        builder.Services.AddBatchedPrediction<ModelInput, ModelOutput>(options => options.MaxBatchRows = 64);

        var app = builder.Build();
        app.MapPrediction<ModelInput, ModelOutput>("/predict");
        app.MapHealth();
        app.MapMetrics();
        app.Run();
        #endregion
    }

    public static void StartFromFolder(MLContext mlContext, IDataView reviews)
    {
        #region hugging face folder
        var model = mlContext.MulticlassClassification.Trainers
            .TransformerTextClassification("Label", "Text", pretrainedFolder: "models/distilbert-base-uncased", epochs: 2)
            .Fit(reviews);
        model.SavePretrained("models/reviews");
        #endregion
    }

    public static string SaveAndLoad(MLContext mlContext, ITransformer model, IDataView reviews)
    {
        #region save and load
        mlContext.Model.Save(model, reviews.Schema, "Sentiment.mlnet");
        // In another process, with nothing registered by hand:
        var loaded = mlContext.Model.Load("Sentiment.mlnet", out _);
        using var engine = mlContext.Model.CreatePredictionEngine<ModelInput, ModelOutput>(loaded);
        var answer = engine.Predict(new ModelInput { Text = "I would buy it again." });
        #endregion
        return answer.PredictedLabel;
    }

    public static MLContext UseGpu()
    {
        #region GPU
        var mlContext = new MLContext(seed: 1) { GpuDeviceId = 0, FallbackToCpu = true };
        #endregion
        return mlContext;
    }

    public sealed class ModelInput
    {
        public string Text { get; set; } = "";
    }

    public sealed class ModelOutput
    {
        public string PredictedLabel { get; set; } = "";
    }
}
