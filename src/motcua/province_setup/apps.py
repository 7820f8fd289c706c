from django.apps import AppConfig


class ProvinceSetupConfig(AppConfig):
    name = "motcua.province_setup"
    verbose_name = "Gói cấu hình"
