"""Service level management as code: from Markdown, YAML and metric files to a website of services and results."""
