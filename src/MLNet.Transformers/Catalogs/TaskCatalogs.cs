namespace MLNet.Transformers;

/// <summary>The catalogs of tasks that ML.NET has none for.</summary>
public static class TaskCatalogs
{
    extension(MLContext mlContext)
    {
        /// <summary>Any number of labels for a text.</summary>
        public MultiLabelClassificationCatalog MultiLabelClassification => new(mlContext);

        /// <summary>Models of language itself, which guess what is hidden in a text.</summary>
        public LanguageModelingCatalog LanguageModeling => new(mlContext);

        /// <summary>Vectors of images.</summary>
        public ImageEmbeddingCatalog ImageEmbedding => new(mlContext);

        /// <summary>Vectors of texts.</summary>
        public SentenceEmbeddingCatalog SentenceEmbedding => new(mlContext);

        /// <summary>Texts made of texts, such as translations and summaries.</summary>
        public SequenceToSequenceCatalog SequenceToSequence => new(mlContext);

        /// <summary>One label a token, such as the names in a sentence.</summary>
        public TokenClassificationCatalog TokenClassification => new(mlContext);

        /// <summary>The span of a text that answers a question.</summary>
        public QuestionAnsweringCatalog QuestionAnswering => new(mlContext);
    }
}
